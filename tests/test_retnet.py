"""RetNet: its forms and its decoding against each other, its norms against torch, its counts."""

import copy
import math

import pytest
import torch
from torch import nn

from torchnotes.retention import FORMS, experiment_log_gamma, paper_log_gamma
from torchnotes.retnet import (
    FeedForward,
    HeadNorm,
    MultiScaleRetention,
    RetNet,
    RetNetBlock,
)
from torchnotes.text import sample_token

TOLERANCE = {torch.float64: 1e-10, torch.float32: 1e-5}
SWITCHES = [
    {},
    {"gate": False},
    {"group_norm": False},
    {"gamma_decay": False},
    {"multi_scale": False},
    {"norm": "rms", "eps": 1e-5},
    {"schedule": experiment_log_gamma},
]


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # nets this small are faster so
    yield
    torch.set_num_threads(threads)


def small(num_heads=2, **options):
    return RetNet(11, 16, 2, num_heads, **options).double()


def parameters(module):
    return sum(p.numel() for p in module.parameters())


# --- the norm of a head --------------------------------------------------------------------------


@pytest.mark.parametrize("eps", [0.0, 1e-6, 0.1])
def test_layer_is_group_norm_of_each_token_by_itself(eps):
    y = torch.randn(2, 3, 5, 8, dtype=torch.float64)
    tokens = y.transpose(1, 2).reshape(10, 24)  # (B * T, H * d_v): one token a row
    expected = nn.functional.group_norm(tokens, 3, eps=eps).view(2, 5, 3, 8).transpose(1, 2)
    torch.testing.assert_close(HeadNorm("layer", eps)(y), expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("eps", [0.0, 1e-6, 0.1])
def test_rms_is_torch_rms_norm(eps):
    y = torch.randn(2, 3, 5, 8, dtype=torch.float64)
    expected = nn.functional.rms_norm(y, (8,), eps=eps)
    torch.testing.assert_close(HeadNorm("rms", eps)(y), expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("kind", ["layer", "rms"])
def test_a_token_is_normalised_without_any_other(kind):
    y = torch.randn(2, 3, 5, 8, requires_grad=True)
    (gradient,) = torch.autograd.grad((HeadNorm(kind)(y)[1, 2, 3] * torch.arange(8)).sum(), y)
    others = gradient.clone()
    others[1, 2, 3] = 0
    assert (others == 0).all()
    assert (gradient[1, 2, 3] != 0).any()


def test_group_norm_over_channels_and_time_sees_the_future():
    y = torch.randn(1, 6, 5, requires_grad=True)  # (B, channels, T), as nn.GroupNorm wants it
    out = nn.GroupNorm(2, 6)(y)
    (gradient,) = torch.autograd.grad((out[0, :, 0] * torch.arange(6)).sum(), y)
    assert (gradient[:, :, 1:] != 0).any()


@pytest.mark.parametrize("kind", ["layer", "rms"])
def test_the_scale_goes_at_eps_0_and_shows_at_any_other(kind):
    y = torch.randn(4, 2, 3, 8, dtype=torch.float64)
    torch.testing.assert_close(
        HeadNorm(kind, 0.0)(y * 1e-4), HeadNorm(kind, 0.0)(y), rtol=0, atol=1e-10
    )
    assert (HeadNorm(kind, 1e-6)(y * 1e-4) / HeadNorm(kind, 1e-6)(y)).max() < 0.5


def test_an_unknown_norm_is_refused():
    with pytest.raises(ValueError, match="'batch'"):
        HeadNorm("batch")


# --- gated multi-scale retention -----------------------------------------------------------------


def by_hand(m, x):
    """Eq. 3 to 8 for one sequence, with complex numbers and head by head: (T, d_model)."""
    heads, d_k = m.num_heads, x.shape[-1] // m.num_heads
    theta = 10_000 ** (-torch.arange(0, d_k, 2, dtype=torch.float64) / d_k)
    n = torch.arange(len(x), dtype=torch.float64)
    turn = torch.exp(1j * n[:, None] * theta)  # Theta, (T, d_k / 2)
    outputs = []
    for h in range(heads):
        rows = slice(h * d_k, (h + 1) * d_k)
        q, k = (x @ w.weight[rows].T for w in (m.w_q, m.w_k))
        q, k = (torch.view_as_complex(a.unflatten(-1, (-1, 2))) * turn for a in (q, k))
        v = x @ m.w_v.weight[2 * h * d_k : 2 * (h + 1) * d_k].T
        gamma = 1 - 2.0 ** (-5 - h)
        d = torch.where(n[:, None] >= n, gamma ** (n[:, None] - n), 0.0)
        y = ((q @ k.conj().T).real * d) @ v / math.sqrt(d_k)
        y = y - y.mean(-1, keepdim=True)
        outputs.append(y / (y.square().mean(-1, keepdim=True) + m.norm.eps).sqrt())
    g = x @ m.w_g.weight.T
    return (g * torch.sigmoid(g) * torch.cat(outputs, dim=-1)) @ m.w_o.weight.T


@pytest.mark.parametrize("form", FORMS)
def test_multi_scale_retention_is_eq_8(form):
    m = MultiScaleRetention(24, paper_log_gamma(3, torch.float64)).double()
    x = torch.randn(2, 9, 24, dtype=torch.float64)
    out, state = m(x, form=form, chunk_size=4)
    assert state.shape == (2, 3, 8, 16)
    expected = torch.stack([by_hand(m, sequence) for sequence in x])
    torch.testing.assert_close(out, expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("norm", ["layer", "rms"])
def test_no_position_of_a_block_sees_the_future(form, norm):
    block = RetNetBlock(16, paper_log_gamma(2), norm=norm)
    x = torch.randn(2, 7, 16, requires_grad=True)
    for n in (0, 3, 5):
        out, _ = block(x, form=form, chunk_size=3)
        (gradient,) = torch.autograd.grad(out[:, n].sum(), x)
        assert (gradient[:, n + 1 :] == 0).all()
        assert (gradient[:, n] != 0).any()


def test_the_feed_forward_is_two_matrices_and_a_gelu():
    f, x = FeedForward(8, 16).double(), torch.randn(3, 5, 8, dtype=torch.float64)
    inner = x @ f.w_1.weight.T
    inner = inner * (1 + torch.erf(inner / math.sqrt(2))) / 2
    torch.testing.assert_close(f(x), inner @ f.w_2.weight.T, rtol=0, atol=1e-10)


def test_the_block_is_eq_9():
    block = RetNetBlock(16, paper_log_gamma(2)).double()
    x = torch.randn(2, 7, 16, dtype=torch.float64)
    y = x + block.retention(nn.functional.layer_norm(x, (16,)))[0]
    expected = y + block.feed_forward(nn.functional.layer_norm(y, (16,)))
    torch.testing.assert_close(block(x)[0], expected, rtol=0, atol=1e-10)


# --- parameters, switches, precision -------------------------------------------------------------


@pytest.mark.parametrize("d", [16, 48])
def test_a_block_has_12_d_squared_parameters(d):
    log_gamma = paper_log_gamma(2)
    assert parameters(MultiScaleRetention(d, log_gamma)) == 8 * d * d
    assert parameters(MultiScaleRetention(d, log_gamma, gate=False)) == 6 * d * d
    assert parameters(FeedForward(d, 2 * d)) == 4 * d * d
    assert parameters(RetNetBlock(d, log_gamma)) == 12 * d * d
    model = RetNet(11, d, num_layers=3, num_heads=2)
    assert parameters(model) == 3 * 12 * d * d + 2 * 11 * d


def test_the_switches_do_what_their_row_says():
    def gammas(**options):
        return RetNet(5, 32, 1, **options).blocks[0].retention.log_gamma.exp()

    paper = 1 - 2.0 ** (-5 - torch.arange(4.0))
    torch.testing.assert_close(gammas(num_heads=4), paper)
    torch.testing.assert_close(gammas(head_dim=8), paper)
    assert (gammas(num_heads=4, gamma_decay=False) == 1).all()
    torch.testing.assert_close(gammas(num_heads=4, multi_scale=False), torch.full((4,), 127 / 128))
    ends = gammas(num_heads=4, schedule=experiment_log_gamma)[[0, -1]]
    torch.testing.assert_close(ends, torch.tensor([31 / 32, 511 / 512]))
    assert RetNet(5, 32, 1, 4, gate=False).blocks[0].retention.w_g is None
    assert isinstance(RetNet(5, 32, 1, 4, group_norm=False).blocks[0].retention.norm, nn.Identity)


@pytest.mark.parametrize("heads", [{}, {"num_heads": 2, "head_dim": 8}, {"head_dim": 5}])
def test_contradicting_sizes_are_refused(heads):
    with pytest.raises(ValueError, match="head_dim"):
        RetNet(5, 16, 1, **heads)


def test_heads_of_odd_size_are_refused():
    with pytest.raises(ValueError, match="even"):
        RetNet(5, 15, 1, 3)


def test_weights_start_as_stated():
    model = RetNet(500, 128, num_layers=2, num_heads=2)
    m, f = model.blocks[0].retention, model.blocks[0].feed_forward
    for module, std in [
        (m.w_q, 128**-0.5),
        (m.w_v, 128**-0.5),
        (m.w_o, 256**-0.5 / 2),
        (f.w_1, 128**-0.5),
        (f.w_2, 256**-0.5 / 2),
        (model.head, 128**-0.5),
        (model.embedding, 1.0),
    ]:
        assert module.weight.std().item() == pytest.approx(std, rel=0.03)
        assert abs(module.weight.mean().item()) < 0.05 * std


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_log_gamma_and_the_state_stay_wide_in_a_half_precision_model(dtype):
    model = RetNet(11, 64, 1, 8)
    half = copy.deepcopy(model).to(dtype)
    assert torch.equal(half.blocks[0].retention.log_gamma, paper_log_gamma(8))
    tokens = torch.randint(11, (1, 20))
    logits, state = half(tokens, return_state=True)
    assert (logits.dtype, state.layers[0].dtype) == (dtype, torch.float32)
    assert (logits.float() - model(tokens)).abs().max() < 0.1
    # and on to float64 no digit has been lost
    double = half.double().blocks[0].retention.log_gamma
    assert torch.equal(double, paper_log_gamma(8, torch.float64))


def test_log_gamma_is_no_part_of_the_state_dict_and_survives_loading():
    model, other = RetNet(11, 16, 1, 2), RetNet(11, 16, 1, 2)
    assert not any("gamma" in name for name in model.state_dict())
    other.load_state_dict(model.state_dict())
    tokens = torch.randint(11, (2, 9))
    assert torch.equal(model(tokens), other(tokens))


# --- the language model's forms ------------------------------------------------------------------


@pytest.mark.parametrize("options", SWITCHES)
def test_the_forms_give_the_same_logits_states_and_gradients(options):
    model = small(**options)
    tokens = torch.randint(11, (2, 13))
    results = []
    for form in FORMS:
        logits, state = model(tokens, form, chunk_size=5, return_state=True)
        model.zero_grad()
        nn.functional.cross_entropy(
            logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten()
        ).backward()
        gradients = [p.grad.clone() for p in model.parameters()]
        results.append([logits.detach(), *state.layers, *gradients])
        assert state.length == 13
    for other in results[1:]:
        for actual, expected in zip(other, results[0], strict=True):
            torch.testing.assert_close(actual, expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_decoding_token_by_token_gives_the_parallel_logits_from_a_state_of_constant_size(dtype):
    model = RetNet(11, 32, 2, 2).to(dtype)
    tokens = torch.randint(11, (3, 60))
    expected = model(tokens)
    state, nbytes = None, []
    for n in range(60):
        logits, state = model(tokens[:, n : n + 1], "recurrent", state, return_state=True)
        error = (logits[:, 0] - expected[:, n]).abs().max()
        assert error <= TOLERANCE[dtype] * max(1.0, expected.abs().max())
        nbytes.append(state.nbytes)
    # layers * B * H * d_k * d_v numbers
    assert set(nbytes) == {2 * 3 * 2 * 16 * 32 * dtype.itemsize}
    assert state.length == 60


@pytest.mark.parametrize("first", FORMS)
@pytest.mark.parametrize("second", FORMS)
def test_a_cut_text_goes_on_as_if_it_were_whole(first, second):
    model, tokens = small(), torch.randint(11, (2, 17))
    expected, last = model(tokens, return_state=True)
    a, state = model(tokens[:, :6], first, chunk_size=4, return_state=True)
    b, state = model(tokens[:, 6:], second, state, chunk_size=4, return_state=True)
    torch.testing.assert_close(torch.cat((a, b), dim=1), expected, rtol=0, atol=1e-10)
    for actual, wanted in zip(state.layers, last.layers, strict=True):
        torch.testing.assert_close(actual, wanted, rtol=0, atol=1e-10)


@pytest.mark.parametrize("form", FORMS)
def test_left_padding_changes_nothing(form):
    model, tokens = small(), torch.randint(11, (2, 12))
    pads = [5, 0]
    mask = torch.arange(12) >= torch.tensor(pads)[:, None]
    logits, state = model(tokens, form, mask=mask, chunk_size=4, return_state=True)
    more = torch.randint(11, (2, 3))
    after = model(more, "recurrent", state)
    for b, pad in enumerate(pads):
        alone, s = model(tokens[b : b + 1, pad:], return_state=True)
        torch.testing.assert_close(logits[b : b + 1, pad:], alone, rtol=0, atol=1e-10)
        alone = model(more[b : b + 1], "recurrent", s)
        torch.testing.assert_close(after[b : b + 1], alone, rtol=0, atol=1e-10)


# --- generation ----------------------------------------------------------------------------------


def test_greedy_generation_takes_the_parallel_forms_most_likely_token_each_time():
    model, prompt = small(), torch.randint(11, (2, 5))
    new = model.generate(prompt, 12, temperature=0)
    text = prompt
    for _ in range(12):  # the whole text again for each token
        text = torch.cat((text, model(text)[:, -1:].argmax(-1)), dim=1)
    assert torch.equal(new, text[:, 5:])


def test_generation_repeats_with_its_generator_and_keeps_prompts_apart():
    model, prompt = small(), torch.randint(11, (2, 5))

    def run(seed):
        return model.generate(prompt, 20, generator=torch.Generator().manual_seed(seed))

    assert run(0).shape == (2, 20)
    assert torch.equal(run(0), run(0))
    assert not torch.equal(run(0), run(1))
    padded = torch.cat((torch.zeros(2, 3, dtype=torch.int64), prompt), dim=1)
    mask = torch.arange(8).expand(2, 8) >= 3
    greedy = model.generate(prompt, 9, temperature=0)
    assert torch.equal(model.generate(padded, 9, temperature=0, mask=mask), greedy)


def test_generation_reads_the_prompt_once_and_then_one_token_at_a_time():
    model, lengths = small(), []
    model.embedding.register_forward_hook(lambda m, args, out: lengths.append(args[0].shape[1]))
    model.generate(torch.randint(11, (1, 30)), 4)
    assert lengths == [30, 1, 1, 1]
    assert model.generate(torch.randint(11, (1, 3)), 0).shape == (1, 0)


def test_sampling_follows_the_softmax_at_each_temperature():
    logits = torch.tensor([0.0, 1.0, 2.0])
    for temperature in (0.5, 1.0, 3.0):
        p = torch.softmax(logits / temperature, 0)
        draws = sample_token(
            logits.expand(20_000, 3), temperature, torch.Generator().manual_seed(0)
        )
        frequency = torch.bincount(draws, minlength=3) / 20_000
        assert (frequency - p).abs().max() < 4 * math.sqrt(0.25 / 20_000)
    assert sample_token(logits[None], 0).tolist() == [2]


def test_a_small_model_learns_to_repeat_a_text():
    model = RetNet(6, 16, 1, 2)
    tokens = torch.tensor([[0, 1, 2, 3, 4, 5] * 4])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(60):
        loss = nn.functional.cross_entropy(model(tokens)[0, :-1], tokens[0, 1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.1
    assert model.generate(tokens[:, :3], 6, temperature=0).tolist() == [[3, 4, 5, 0, 1, 2]]


def test_a_state_without_the_positions_after_it_is_refused():
    """Counted from 0 again, the rotation would be wrong and nothing else would show it."""
    layer = MultiScaleRetention(8, paper_log_gamma(2))
    x = torch.randn(1, 4, 8)
    _, state = layer(x)
    with pytest.raises(ValueError, match="turns"):
        layer(x, state)
