"""Retention's relatives: parallel against recurrent form, and both against plain loops.

Tolerances: 1e-10 in float64, where agreement is about 1e-14, and 1e-5 in float32.
"""

import math

import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import nn

from torchnotes.relatives.aft import AFTLocal, AFTSimple, prefix_sums
from torchnotes.relatives.h3 import H3, ShiftSSM
from torchnotes.relatives.hyena import Hyena, HyenaState, ImplicitFilter
from torchnotes.relatives.linear_attention import (
    LinearAttention,
    LinearAttentionState,
    feature_map,
    linear_attention,
    linear_attention_step,
)
from torchnotes.relatives.rwkv import RWKV, wkv
from torchnotes.relatives.s4d import S4D, DiagonalSSM, causal_convolution
from torchnotes.relatives.sub_layer_norm import SubLayerNormBlock, magneto_gain

D = 6
LAYERS = {
    "linear_attention": lambda: LinearAttention(D, num_heads=2),
    "s4d": lambda: S4D(D, d_state=4),
    "aft_simple": lambda: AFTSimple(D),
    "aft_local": lambda: AFTLocal(D, max_length=40, window=3),
    "aft_full": lambda: AFTLocal(D, max_length=40),
    "rwkv": lambda: RWKV(D),
    "h3": lambda: H3(D, num_heads=2, d_state=4, shift_size=3),
    "h3_single": lambda: H3(D, num_heads=D, d_state=4, shift_size=1),
    "hyena": lambda: Hyena(D, max_length=40),
    "sub_layer_norm": lambda: SubLayerNormBlock(D, num_heads=2, num_layers=4),
    "pre_layer_norm": lambda: SubLayerNormBlock(D, num_heads=2, num_layers=4, sub_norm=False),
}
CONSTANT = {"linear_attention", "s4d", "aft_simple", "rwkv", "h3", "h3_single"}
SHAPES = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
every_layer = pytest.mark.parametrize("name", LAYERS)


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # layers this small are faster so
    yield
    torch.set_num_threads(threads)


def build(name, dtype=torch.float64):
    """A layer whose every parameter is off its starting value: no bias is left at 0."""
    layer = LAYERS[name]()
    with torch.no_grad():
        for p in layer.parameters():
            p.add_(0.1 * torch.randn_like(p))
    return layer.to(dtype)


def step_by_step(layer, x):
    state, ys = layer.init_state(len(x)), []
    for x_t in x.unbind(1):
        y, state = layer.step(x_t, state)
        ys.append(y)
    return torch.stack(ys, 1), state


def tensors(state):
    """The tensors of a state, nested or not, that belong to a sequence."""
    if isinstance(state, torch.Tensor):
        return [state]
    if isinstance(state, HyenaState):
        state = state._replace(filters=())  # computed from the weights, the same for all
    return [t for part in state if not isinstance(part, int) for t in tensors(part)]


def close(a, b, tolerance=1e-10):
    torch.testing.assert_close(a, b, rtol=tolerance, atol=tolerance)


# --- what every layer must do --------------------------------------------------------------------


@every_layer
@SHAPES
@given(batch=st.integers(1, 3), length=st.integers(1, 20), seed=st.integers(0, 99))
def test_steps_equal_the_parallel_form(name, batch, length, seed):
    torch.manual_seed(seed)
    layer = build(name)
    x = torch.randn(batch, length, D, dtype=torch.float64, requires_grad=True)
    inputs = [x, *layer.parameters()]
    weights = torch.randn_like(x)
    parallel, recurrent = layer(x), step_by_step(layer, x)[0]
    assert parallel.shape == x.shape
    close(recurrent, parallel)
    expected = torch.autograd.grad((parallel * weights).sum(), inputs, materialize_grads=True)
    grads = torch.autograd.grad((recurrent * weights).sum(), inputs, materialize_grads=True)
    for a, b in zip(grads, expected, strict=True):
        close(a, b)


@every_layer
def test_steps_equal_the_parallel_form_in_float32(name):
    layer = build(name, torch.float32)
    x = torch.randn(2, 40, D)
    close(step_by_step(layer, x)[0], layer(x), 1e-5)


@every_layer
def test_every_parameter_is_used(name):
    layer = build(name)
    layer(torch.randn(2, 40, D, dtype=torch.float64)).square().sum().backward()
    unused = [n for n, p in layer.named_parameters() if p.grad is None or not p.grad.any()]
    assert not unused


@every_layer
def test_no_output_depends_on_a_later_token(name):
    layer, T = build(name), 9
    x = torch.randn(1, T, D, dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(lambda x: layer(x)[0], x)[:, :, 0]
    size = jacobian.abs().amax((1, 3))  # (T, T): of d y_t / d x_s
    assert size.triu(1).max() < 1e-13 * size.max()
    assert (size.diagonal() > 1e-6).all()
    assert size[-1, 0] > 1e-9, "the last token sees the first"


@every_layer
def test_the_state_has_the_size_that_the_layer_says(name):
    layer, sizes = build(name), []
    for length in (1, 2, 5, 13):
        x = torch.randn(3, length, D, dtype=torch.float64)
        kept = tensors(step_by_step(layer, x)[1])
        sizes.append(sum(t.numel() * (1 + t.is_complex()) for t in kept) / 3)
        assert layer.state_size(length) == sizes[-1]
    assert (len(set(sizes)) == 1) == (name in CONSTANT)


@every_layer
def test_a_step_leaves_the_state_that_it_was_given(name):
    """Two continuations of one beginning: beam search needs no copies."""
    layer = build(name)
    x = torch.randn(2, 7, D, dtype=torch.float64)
    other = torch.cat([x[:, :4], torch.randn_like(x[:, 4:])], 1)
    _, state = step_by_step(layer, x[:, :4])
    first = state
    for t in range(4, 7):
        _, first = layer.step(other[:, t], first)
    for t in range(4, 7):
        y, state = layer.step(x[:, t], state)
        close(y, layer(x)[:, t])


@every_layer
@pytest.mark.parametrize("half", [torch.bfloat16, torch.float16])
def test_half_precision_keeps_its_sums_in_float32(name, half):
    layer = build(name, half)
    x = torch.randn(2, 30, D).to(half)
    with torch.no_grad():
        parallel, (recurrent, state) = layer(x), step_by_step(layer, x)
        reference = layer.float()(x.float())
    assert parallel.dtype == recurrent.dtype == half
    assert {t.dtype for t in tensors(state)} <= {torch.float32, torch.complex64}
    scale = reference.abs().max().item() * (0.05 if half is torch.bfloat16 else 0.01)
    torch.testing.assert_close(parallel.float(), reference, rtol=0, atol=scale)
    torch.testing.assert_close(recurrent.float(), reference, rtol=0, atol=scale)


@every_layer
def test_sequences_of_a_batch_do_not_meet(name):
    layer = build(name)
    x = torch.randn(3, 8, D, dtype=torch.float64)
    close(layer(x)[1:2], layer(x[1:2]))


# --- linear attention ----------------------------------------------------------------------------


def test_the_feature_map_is_elu_plus_one():
    x = torch.linspace(-30, 30, 601, dtype=torch.float64)  # with 0, where the two halves meet
    close(feature_map(x), F.elu(x) + 1, 1e-14)
    ours, elus = x.clone().requires_grad_(), x.clone().requires_grad_()
    feature_map(ours).sum().backward()
    F.elu(elus).sum().backward()
    close(ours.grad, elus.grad, 1e-14)
    assert feature_map(torch.tensor(-60.0)) > 0, "F.elu(x) + 1 is 0 there"


@SHAPES
@given(length=st.integers(1, 12), d_k=st.integers(1, 4), d_v=st.integers(1, 5))
def test_linear_attention_is_a_weighted_mean(length, d_k, d_v):
    q, k = torch.randn(2, 2, 3, length, d_k, dtype=torch.float64)
    v = torch.randn(2, 3, length, d_v, dtype=torch.float64)
    expected = torch.empty_like(v)
    for n in range(length):
        phi_q, phi_k = F.elu(q[:, :, n]) + 1, F.elu(k) + 1
        weights = [(phi_q * phi_k[:, :, m]).sum(-1) for m in range(n + 1)]
        total = sum(weights)
        expected[:, :, n] = sum((w / total)[..., None] * v[:, :, m] for m, w in enumerate(weights))
    close(linear_attention(q, k, v), expected)
    state = LinearAttentionState(q.new_zeros(2, 3, d_k, d_v), q.new_zeros(2, 3, d_k))
    for n in range(length):
        y, state = linear_attention_step(q[:, :, n], k[:, :, n], v[:, :, n], state)
        close(y, expected[:, :, n])


def test_linear_attention_does_not_know_the_order_of_the_past():
    layer = build("linear_attention")
    x = torch.randn(1, 9, D, dtype=torch.float64)
    shuffled = torch.cat([x[:, torch.randperm(8)], x[:, 8:]], 1)
    close(layer(shuffled)[:, -1], layer(x)[:, -1])


# --- S4D -----------------------------------------------------------------------------------------


@SHAPES
@given(length=st.integers(1, 33), size=st.integers(1, 40), channels=st.integers(1, 3))
def test_causal_convolution_is_that_of_torch(length, size, channels):
    u = torch.randn(2, length, channels, dtype=torch.float64)
    kernel = torch.randn(size, channels, dtype=torch.float64)
    padded = F.pad(u.mT, (size - 1, 0))
    expected = F.conv1d(padded, kernel.T.flip(1)[:, None], groups=channels).mT
    close(causal_convolution(u, kernel), expected)


def test_the_diagonal_model_is_a_real_dense_one():
    """Each conjugate pair as a rotation with decay, discretised by the matrix exponential."""
    ssm = DiagonalSSM(3, d_state=4).double()
    with torch.no_grad():
        ssm.log_decay.add_(0.3 * torch.randn_like(ssm.log_decay))
    u = torch.randn(2, 15, 3, dtype=torch.float64)
    expected = torch.empty_like(u)
    for c in range(3):
        A, B, C = torch.zeros(4, 4).double(), torch.zeros(4, 1).double(), torch.zeros(4).double()
        for n in range(2):
            decay, turn = ssm.log_decay[c, n].exp(), ssm.frequency[c, n]
            re, im = 2 * n, 2 * n + 1
            A[re, re], A[re, im], A[im, re], A[im, im] = -decay, -turn, turn, -decay
            B[re] = 1
            C[re], C[im] = 2 * ssm.C[c, n, 0], -2 * ssm.C[c, n, 1]
        both = torch.cat([torch.cat([A, B], 1), torch.zeros(1, 5).double()])
        both = torch.matrix_exp(ssm.log_dt[c].exp() * both)  # zero-order hold, Van Loan 1978
        A_bar, B_bar = both[:4, :4], both[:4, 4]
        state = torch.zeros(2, 4).double()
        for t in range(15):
            state = state @ A_bar.T + u[:, t, c, None] * B_bar
            expected[:, t, c] = state @ C + ssm.D[c] * u[:, t, c]
    close(ssm(u), expected.detach())


def test_the_states_decay_and_turn_as_s4d_lin():
    ssm = DiagonalSSM(5, d_state=8, dt_min=0.01, dt_max=0.02).double()
    log_A_bar, _ = ssm.discretize()
    dt = log_A_bar[:, 0].real / -0.5
    assert ((dt > 0.0099) & (dt < 0.0201)).all()
    close(log_A_bar.imag, dt[:, None] * math.pi * torch.arange(4).double(), 1e-6)


@pytest.mark.parametrize("d_state", [0, 3])
def test_an_odd_state_has_no_pairs(d_state):
    with pytest.raises(ValueError, match="even"):
        DiagonalSSM(2, d_state)


# --- AFT -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("window", [None, 1, 4, 40, 0])
def test_aft_is_the_paper_s_formula(window):
    T = 11
    layer = (AFTSimple(D) if window == 0 else AFTLocal(D, 20, window)).double()
    x = torch.randn(2, T, D, dtype=torch.float64)
    with torch.no_grad():
        if window != 0:
            layer.bias.normal_()
        q, k, v = layer.in_proj(x).chunk(3, -1)
        expected = torch.empty_like(x)
        for t in range(T):
            numerator = denominator = 0
            for s in range(t + 1):
                near = window is None or t - s < window
                w = torch.exp(k[:, s] + (layer.bias[t, s] if near and window != 0 else 0))
                numerator, denominator = numerator + w * v[:, s], denominator + w
            expected[:, t] = torch.sigmoid(q[:, t]) * numerator / denominator
        close(layer(x), layer.out_proj(expected))


@pytest.mark.parametrize("name", ["aft_simple", "aft_local", "aft_full", "rwkv"])
def test_no_exponential_overflows(name):
    """Keys of a few hundred, as float32 cannot exponentiate; the weighted mean is one anyway."""
    layer = build(name, torch.float32)
    x = 500 * torch.randn(2, 20, D)
    parallel, (recurrent, _) = layer(x), step_by_step(layer, x)
    exact = build_from(layer, name)(x.double()).float()
    for y in (parallel, recurrent):
        close(y / 500, exact / 500, 1e-4)


def build_from(layer, name):
    double = build(name)
    double.load_state_dict(layer.state_dict())
    return double


@SHAPES
@given(length=st.integers(1, 40), decay=st.sampled_from([0.0, 0.3, 60.0]))
def test_prefix_sums_are_a_running_sum(length, decay):
    a, v = torch.randn(2, 1, length, 2, dtype=torch.float64)
    sums = prefix_sums(a, v, decay)
    numerator = denominator = torch.zeros(1, 2).double()
    for t in range(length):
        numerator = math.exp(-decay) * numerator + a[:, t].exp() * v[:, t]
        denominator = math.exp(-decay) * denominator + a[:, t].exp()
        close(sums.top[:, t].exp() * sums.numerator[:, t], numerator)
        close(sums.top[:, t].exp() * sums.denominator[:, t], denominator)


def test_aft_says_where_its_positions_end():
    layer = AFTLocal(D, max_length=3)
    with pytest.raises(ValueError, match="4 tokens"):
        layer(torch.zeros(1, 4, D))
    with pytest.raises(ValueError, match="4 tokens"):
        step_by_step(layer, torch.zeros(1, 4, D))
    with pytest.raises(ValueError, match="window"):
        AFTLocal(D, max_length=3, window=0)


# --- RWKV ----------------------------------------------------------------------------------------


@SHAPES
@given(length=st.integers(1, 20))
def test_wkv_is_the_paper_s_formula(length):
    k, v = torch.randn(2, 2, length, 3, dtype=torch.float64)
    decay, bonus = torch.rand(3).double() * 2, torch.randn(3).double()
    for t in range(length):
        weights = [torch.exp(k[:, i] - (t - 1 - i) * decay) for i in range(t)]
        weights.append(torch.exp(k[:, t] + bonus))
        expected = sum(w * v[:, i] for i, w in enumerate(weights)) / sum(weights)
        close(wkv(k, v, decay, bonus)[:, t], expected)


def test_wkv_has_the_gradients_of_finite_differences():
    k, v = torch.randn(2, 1, 5, 2, dtype=torch.float64)
    inputs = (k, v, torch.rand(2).double() + 0.1, torch.randn(2).double())
    assert torch.autograd.gradcheck(wkv, [i.requires_grad_() for i in inputs])


def test_rwkv_starts_out_as_published():
    layer = RWKV(5)
    place = torch.arange(5) / 4
    close(layer.log_decay, -5 + 8 * place**0.7, 1e-6)
    close(layer.bonus, math.log(0.3) + torch.tensor([0.0, 0.5, -0.5, 0.0, 0.5]), 1e-6)
    close(layer.mix, torch.stack([place / 2, place, place]), 1e-6)


def test_rwkv_mixes_each_token_with_the_one_before():
    layer = RWKV(D).double()
    x = torch.randn(1, 6, D, dtype=torch.float64)
    before = torch.cat([torch.zeros(1, 1, D).double(), x[:, :-1]], 1)
    r, k, v = (
        f(mix * x + (1 - mix) * before)
        for f, mix in zip((layer.receptance, layer.key, layer.value), layer.mix, strict=True)
    )
    y = torch.sigmoid(r) * wkv(k, v, layer.log_decay.exp(), layer.bonus)
    close(layer(x), layer.out_proj(y))


# --- H3 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["h3", "h3_single"])
def test_h3_is_its_algorithm_written_out(name):
    layer, T = build(name), 8
    x = torch.randn(1, T, D, dtype=torch.float64)
    num_heads, d_h = layer.heads
    with torch.no_grad():
        q, k, v = layer.in_proj(x)[0].chunk(3, -1)  # (T, D)
        kernel = layer.diagonal.kernel(T)  # (T, H)
        taps = layer.shift.weight
        shifted = [sum(taps[j] * k[t - j] for j in range(min(t + 1, len(taps)))) for t in range(T)]
        y = torch.zeros(T, D, dtype=torch.float64)
        for h in range(num_heads):
            rows = slice(h * d_h, (h + 1) * d_h)
            outer = [torch.outer(shifted[t][rows], v[t, rows]) for t in range(T)]
            for t in range(T):
                S = sum(kernel[t - s, h] * outer[s] for s in range(t + 1))
                y[t, rows] = q[t, rows] @ (S + layer.diagonal.D[h] * outer[t])
        close(layer(x)[0], layer.out_proj(y))


def test_the_shift_model_is_one_with_a_shift_matrix():
    shift = ShiftSSM(2, size=4).double()
    u = torch.randn(1, 9, 2, dtype=torch.float64)
    A = torch.diag(torch.ones(3), -1).double()
    B = torch.eye(4)[:, :1].double()
    state = torch.zeros(4, 2).double()
    for t in range(9):
        state = A @ state + B * u[0, t]
        close(shift(u)[0, t], (shift.weight * state).sum(0))


# --- Hyena ---------------------------------------------------------------------------------------


def test_hyena_is_a_product_of_gates_and_toeplitz_matrices():
    """The matrix view of Poli et al. 2023: y = D_x2 S_h2 D_x1 S_h1 v."""
    layer, T = build("hyena"), 10
    x = torch.randn(1, T, D, dtype=torch.float64)
    with torch.no_grad():
        u = F.pad(layer.in_proj(x).mT, (2, 0))
        short = F.conv1d(u, layer.short.weight.T.flip(1)[:, None], groups=3 * D).mT[0]
        v, x1, x2 = short.chunk(3, -1)  # (T, D)
        h1, h2 = layer.filter(torch.arange(T))
        lag = torch.arange(T)[:, None] - torch.arange(T)  # (T, T)
        S1, S2 = ((h[lag] * (lag >= 0)[..., None]).movedim(2, 0) for h in (h1, h2))  # (D, T, T)
        D1, D2 = x1.T.diag_embed(), x2.T.diag_embed()
        y = (D2 @ S2 @ D1 @ S1 @ v.T[..., None]).squeeze(2).T
        close(layer(x)[0], layer.out_proj(y))


def test_a_filter_is_a_function_of_the_position_alone():
    net = ImplicitFilter(D, max_length=50).double()
    t = torch.arange(80)
    close(net(t)[:, 17:23], net(t[17:23]))
    assert sum(p.numel() for p in net.parameters()) == sum(
        p.numel() for p in ImplicitFilter(D, max_length=5000).parameters()
    )


def test_a_filter_is_a_sine_net_of_time_and_its_waves():
    net = ImplicitFilter(2, max_length=20, bands=1, width=3).double()
    first, second, last = (lambda h, f=f: f.weight @ h + f.bias for f in net.layers)
    for n in (0, 7, 31):
        t, angle = n / 20, 2 * math.pi * n / 20
        h = first(torch.tensor([t, math.cos(angle), math.sin(angle)]).double())
        h = last(torch.sin(10 * second(torch.sin(10 * h)))).view(2, 2)  # (ORDER, channels)
        decay = 0.01 ** (t / torch.tensor([0.3, 1.5]).double())
        close(net(torch.tensor([n]))[:, 0], h * decay, 1e-6)


def test_a_filter_s_window_falls_to_a_hundredth_where_it_says():
    net = ImplicitFilter(3, max_length=10).double()
    with torch.no_grad():
        net.layers[-1].weight.zero_()
        net.layers[-1].bias.fill_(1.0)
        h = net(torch.tensor([0, 3, 9, 15]))
    close(h[:, 0], torch.ones(2, 3).double())
    close(h[:, 1, 0], torch.full((2,), 0.01).double(), 1e-6)  # 0.3 max_length
    close(h[:, 2, 1], torch.full((2,), 0.01).double(), 1e-6)  # halfway: 0.9
    close(h[:, 3, 2], torch.full((2,), 0.01).double(), 1e-6)  # 1.5


def test_a_filter_s_positions_survive_half_precision():
    """In bfloat16 1000/1024 and 1001/1024 would be one position."""
    net = ImplicitFilter(D, max_length=1024).bfloat16()
    h = net(torch.tensor([1000, 1001]))
    assert h.dtype == torch.float32
    assert (h[:, 0] != h[:, 1]).any()


# --- Sub-LayerNorm -------------------------------------------------------------------------------


def test_without_sub_norms_it_is_torch_s_pre_norm_layer():
    block = build("pre_layer_norm")
    theirs = nn.TransformerEncoderLayer(
        D, 2, 4 * D, dropout=0.0, activation="gelu", norm_first=True, batch_first=True
    ).double()
    qkv = (block.q_proj, block.k_proj, block.v_proj)
    pairs = [
        (theirs.self_attn.out_proj, block.out_proj),
        (theirs.linear1, block.fc1),
        (theirs.linear2, block.fc2),
        (theirs.norm1, block.attention_norm),
        (theirs.norm2, block.ffn_norm),
    ]
    theirs.self_attn.in_proj_weight.data = torch.cat([layer.weight for layer in qkv]).detach()
    theirs.self_attn.in_proj_bias.data = torch.cat([layer.bias for layer in qkv]).detach()
    for module, source in pairs:
        module.load_state_dict(source.state_dict())
    x = torch.randn(2, 7, D, dtype=torch.float64)
    mask = nn.Transformer.generate_square_subsequent_mask(7, dtype=torch.float64)
    close(block(x), theirs(x, src_mask=mask, is_causal=True))


def test_the_sub_norms_stand_before_the_output_projections():
    block = build("sub_layer_norm")
    x = torch.randn(2, 7, D, dtype=torch.float64)
    seen = {}
    norms = ("attention_norm", "attention_sub_norm", "ffn_norm", "ffn_sub_norm")
    for name in (*norms, "out_proj", "fc1", "fc2"):
        getattr(block, name).register_forward_hook(
            lambda _, inputs, output, name=name: seen.update({name: (inputs[0], output)})
        )
    y = block(x)
    middle = x + seen["out_proj"][1]
    assert seen["out_proj"][0] is seen["attention_sub_norm"][1]
    close(seen["attention_norm"][0], x)
    close(seen["ffn_norm"][0], middle)
    close(seen["ffn_sub_norm"][0], F.gelu(seen["fc1"][1]))
    assert seen["fc2"][0] is seen["ffn_sub_norm"][1]
    close(y, middle + seen["fc2"][1])


@pytest.mark.parametrize("sub_norm", [True, False])
def test_only_with_sub_norms_does_the_size_of_the_values_cancel(sub_norm):
    block = SubLayerNormBlock(D, 2, num_layers=4, sub_norm=sub_norm).double()
    x = torch.randn(2, 7, D, dtype=torch.float64)
    before = block(x)
    with torch.no_grad():
        block.v_proj.weight.mul_(100)
    difference = (block(x) - before).abs().max()
    assert (difference < 1e-2) == sub_norm


@pytest.mark.parametrize("num_layers", [1, 12, 48])
def test_the_initial_weights_have_magneto_s_gain(num_layers):
    block = SubLayerNormBlock(128, 2, num_layers)
    gain = math.sqrt(math.log(2 * num_layers))
    assert magneto_gain(num_layers) == pytest.approx(gain)
    for name in ("q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2"):
        weight = getattr(block, name).weight
        xavier = math.sqrt(2 / sum(weight.shape))
        expected = xavier * (1 if name in ("q_proj", "k_proj") else gain)
        assert weight.std().item() == pytest.approx(expected, rel=0.03), name


@pytest.mark.parametrize(
    "make",
    [
        lambda: LinearAttention(6, num_heads=4),
        lambda: H3(6, num_heads=4),
        lambda: SubLayerNormBlock(6, num_heads=4, num_layers=1),
    ],
)
def test_heads_must_divide_the_width(make):
    with pytest.raises(ValueError, match="4 heads"):
        make()
