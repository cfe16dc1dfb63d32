"""Claims RET-21 to RET-53 that the page on the whole network shows."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.lr_scheduler import LinearLR, SequentialLR

from torchnotes.adam import AdamW
from torchnotes.retention import experiment_log_gamma, paper_log_gamma
from torchnotes.retnet import MultiScaleRetention, RetNet, RetNetBlock
from torchnotes.transformer import Block

TABLE_2 = {1.3e9: (2048, 24), 2.7e9: (2560, 32), 6.7e9: (4096, 32)}


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # nets this small are faster so
    yield
    torch.set_num_threads(threads)


def norm(x):
    return F.layer_norm(x, x.shape[-1:])


def parameters(module):
    return sum(p.numel() for p in module.parameters())


def run_blocks(model, x, where="pre"):
    for block in model.blocks:
        for f in (lambda z, b=block: b.retention(z)[0], block.feed_forward):
            x = x + f(norm(x)) if where == "pre" else norm(x + f(x))
    return x


def plain_start(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=m.in_features**-0.5)


def test_ret_21_the_blocks_are_pre_ln_with_residuals():
    model = RetNet(11, 16, num_layers=3, num_heads=2).double()
    tokens = torch.randint(11, (2, 9))
    x = run_blocks(model, model.embedding(tokens))
    torch.testing.assert_close(model.head(norm(x)), model(tokens), rtol=0, atol=1e-12)
    post = run_blocks(model, model.embedding(tokens), "post")
    assert not torch.allclose(model.head(norm(post)), model(tokens), atol=0.1)


def test_ret_21_post_ln_gradients_grow_with_depth_and_a_last_norm_is_needed():
    ratio, tokens = {}, torch.randint(80, (4, 33))
    for where in ("pre", "post"):
        model = RetNet(80, 64, num_layers=24, num_heads=2)
        plain_start(model)
        x = run_blocks(model, model.embedding(tokens[:, :-1]), where)
        loss, without = (F.cross_entropy(model.head(z).mT, tokens[:, 1:]) for z in (norm(x), x))
        loss.backward()
        first, last = (
            math.sqrt(sum(float(p.grad.square().sum()) for p in b.parameters()))
            for b in (model.blocks[0], model.blocks[-1])
        )
        ratio[where] = first / last
    assert without > loss + 2 or where == "post"
    assert ratio["pre"] < 60 < 80 < ratio["post"]


def test_ret_40_eq_9_and_the_ffn():
    block = RetNetBlock(16, paper_log_gamma(2)).double()
    x = torch.randn(2, 7, 16, dtype=torch.float64)
    y = block.retention(norm(x))[0] + x
    h = norm(y) @ block.feed_forward.w_1.weight.T
    gelu = h * (1 + torch.erf(h / math.sqrt(2))) / 2
    out = gelu @ block.feed_forward.w_2.weight.T + y
    torch.testing.assert_close(block(x)[0], out, rtol=0, atol=1e-12)


def test_ret_41_all_forms_of_the_whole_model_agree():
    model = RetNet(80, 64, num_layers=4, num_heads=2).double()
    tokens = torch.randint(80, (2, 60))
    parallel = model(tokens)
    for form in ("chunkwise", "recurrent"):
        assert (model(tokens, form, chunk_size=16) - parallel).abs().max() < 1e-13
    _, state = model(tokens[:, :23], "chunkwise", return_state=True)
    later = model(tokens[:, 23:], "recurrent", state)
    assert (later - parallel[:, 23:]).abs().max() < 1e-13


def test_ret_41_the_state_does_not_grow():
    model = RetNet(80, 64, num_layers=2, num_heads=2)
    sizes = {
        model(torch.randint(80, (1, T)), "chunkwise", return_state=True)[1].nbytes
        for T in (1, 32, 500)
    }
    cache_per_position = 2 * 64 * 2 * 4  # keys and values, two layers, float32
    assert sizes == {32 * cache_per_position}, "as much as a cache of d_k = 32 positions"


@pytest.mark.parametrize("d", [64, 512])
def test_ret_48(d):
    log_gamma = paper_log_gamma(2)
    with torch.device("meta"):
        ours, theirs = RetNetBlock(d, log_gamma), Block(d, num_heads=2)
    assert parameters(ours.retention) == 8 * d * d and parameters(theirs.attention) == 4 * d * d
    assert ours.feed_forward.w_1.out_features == 2 * d
    assert parameters(ours.feed_forward) == 4 * d * d
    assert parameters(theirs.feed_forward) == 8 * d * d
    wide = 1728 / 1024  # torchscale's retnet_medium, values and gated FFN
    assert 1.68 < wide < 1.69 and abs(2 + 3 * wide + 3 * wide - 12) < 0.2


def test_ret_49_only_the_ends_agree():
    heads = [d // 256 for d, _ in TABLE_2.values()]
    assert heads == [8, 10, 16]
    gammas = [experiment_log_gamma(h, torch.float64).exp() for h in heads]
    for gamma in gammas:
        assert gamma[0].item() == pytest.approx(31 / 32, abs=1e-12)
        assert gamma[-1].item() == pytest.approx(511 / 512, abs=1e-12)
        by_formula = 1 - torch.linspace(math.log(1 / 32), math.log(1 / 512), len(gamma)).exp()
        torch.testing.assert_close(gamma.float(), by_formula)
    common = [{round(g, 9) for g in gamma.tolist()} for gamma in gammas]
    assert common[0] & common[1] == common[0] & common[2] == {31 / 32, round(511 / 512, 9)}
    assert len(common[1] & common[2]) == 4, "9 and 15 steps have the thirds in common"


@pytest.mark.parametrize("name", TABLE_2)
def test_ret_50_twelve_squares_per_block(name):
    d, L = TABLE_2[name]
    with torch.device("meta"):
        model = RetNet(1, d, L, head_dim=256)
    n = parameters(model.blocks)
    assert n == 12 * L * d * d
    assert round(n / 1e9, 2) == {1.3e9: 1.21, 2.7e9: 2.52, 6.7e9: 6.44}[name]
    assert n < name, "the names count an embedding too"


def test_ret_51():
    assert 1e11 / 4e6 == 25_000
    assert round(1e11 / 2**22) == 23_842


@pytest.mark.parametrize("optimizer_class", [torch.optim.AdamW, AdamW])
def test_ret_52(optimizer_class):
    p = nn.Parameter(torch.zeros(1))
    optimizer = optimizer_class([p], lr=6e-4, betas=(0.9, 0.98), weight_decay=0.05)
    up = LinearLR(optimizer, 1 / 375, 1, total_iters=374)
    down = LinearLR(optimizer, 1, 0, total_iters=25_000 - 374)
    schedule = SequentialLR(optimizer, [up, down], milestones=[374])
    rates = []
    for _ in range(25_000):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    assert rates.index(max(rates)) + 1 == 375
    for step in (1, 100, 375):
        assert rates[step - 1] == pytest.approx(6e-4 * step / 375, rel=1e-6)
    for step in (376, 10_000, 25_000):
        assert rates[step - 1] == pytest.approx(6e-4 * (25_001 - step) / 24_626, rel=1e-6)


def test_ret_53_a_factor_on_the_values_cancels():
    msr = MultiScaleRetention(64, paper_log_gamma(2), eps=0.0).double()
    x = torch.randn(2, 9, 64, dtype=torch.float64)
    before = msr(x)[0]
    beta = (8 * 24) ** -0.25
    msr.w_v.weight.data *= beta
    torch.testing.assert_close(msr(x)[0], before, rtol=1e-9, atol=1e-12)
    msr.w_o.weight.data *= beta
    torch.testing.assert_close(msr(x)[0], before * beta, rtol=1e-9, atol=1e-12)


def test_ret_53_the_start_decides_how_the_stream_grows():
    def variance(L, start):
        model = RetNet(80, 64, num_layers=L, num_heads=2)
        if start != "ours":
            plain_start(model)
        if start == "deepnet":
            for name, p in model.blocks.named_parameters():
                if any(matrix in name for matrix in ("w_v", "w_o", "w_1", "w_2")):
                    p.data *= (8 * L) ** -0.25
        with torch.no_grad():
            return float(run_blocks(model, model.embedding(torch.randint(80, (4, 33)))).var())

    for L in (4, 32):
        assert variance(L, "plain") == pytest.approx(1 + 0.781 * L, rel=0.15)
        assert variance(L, "ours") == pytest.approx(1.39, rel=0.1)
    assert 1.1 * variance(4, "deepnet") < variance(64, "deepnet") < 3
