"""The forms of retention against a double loop, against each other, and against their mistakes."""

import math

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

from torchnotes.costs import chunkwise_flops
from torchnotes.normalisers import retention_normalised
from torchnotes.retention import (
    FORMS,
    decay,
    experiment_log_gamma,
    paper_log_gamma,
    retention,
    retention_chunks_at_once,
    retention_chunkwise,
    retention_parallel,
    retention_recurrent,
    retention_step,
    spread_log_gamma,
)

TOLERANCE = {torch.float64: 1e-10, torch.float32: 1e-5}
SCHEDULES = {
    "paper": paper_log_gamma,
    "experiments": experiment_log_gamma,
    "one": lambda h, dtype: torch.full((h,), math.log1p(-1 / 128), dtype=dtype),
    "no decay": lambda h, dtype: torch.zeros(h, dtype=dtype),
    "fast": lambda h, dtype: torch.linspace(-3, -0.1, h, dtype=dtype),
}


pytestmark = pytest.mark.usefixtures("one_thread")


def inputs(length, *, batch=2, heads=3, d_k=4, d_v=6, dtype=torch.float64, seed=0):
    generator = torch.Generator().manual_seed(seed)
    shapes = [(length, d_k), (length, d_k), (length, d_v)]
    return [
        torch.randn(batch, heads, *s, dtype=torch.float64, generator=generator).to(dtype)
        for s in shapes
    ]


def some_state(*, batch=2, heads=3, d_k=4, d_v=6, dtype=torch.float64, seed=9):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(batch, heads, d_k, d_v, dtype=torch.float64, generator=generator).to(dtype)


def naive(q, k, v, log_gamma, state=None):
    """The sum of the definition, term by term, and the state likewise."""
    batch, heads, length, d_k = q.shape
    gamma = log_gamma.to(q.device).exp()[:, None]  # (H, 1)
    rows = []
    for n in range(length):
        row = torch.zeros_like(v[:, :, 0])
        for m in range(n + 1):
            score = (q[:, :, n] * k[:, :, m]).sum(-1, keepdim=True)
            row = row + gamma ** (n - m) * score / math.sqrt(d_k) * v[:, :, m]
        if state is not None:
            read = torch.einsum("bhk,bhkv->bhv", q[:, :, n], state)
            row = row + gamma ** (n + 1) * read / math.sqrt(d_k)
        rows.append(row)
    after = torch.zeros(batch, heads, d_k, v.shape[-1], dtype=v.dtype)
    for m in range(length):
        outer = torch.einsum("bhk,bhv->bhkv", k[:, :, m], v[:, :, m])
        after = after + gamma[..., None] ** (length - 1 - m) * outer
    if state is not None:
        after = after + gamma[..., None] ** length * state
    return torch.stack(rows, dim=2), after


def assert_near(actual, expected, tolerance):
    """Their largest difference is at most tolerance, per unit of the largest value above 1."""
    assert actual.shape == expected.shape
    scale = max(1.0, expected.abs().max().item())
    difference = (actual.double() - expected.double()).abs().max().item()
    assert difference <= tolerance * scale, f"{difference} of {scale}"


def with_gradients(function, *tensors):
    """Return function's outputs and the gradients of a weighted sum of them."""
    leaves = [None if x is None else x.detach().clone().requires_grad_() for x in tensors]
    outputs = function(*leaves)
    loss = sum(
        (x * torch.linspace(-1, 2, x.numel(), dtype=x.dtype).view_as(x)).sum() for x in outputs
    )
    gradients = torch.autograd.grad(loss, [x for x in leaves if x is not None])
    return [*(x.detach() for x in outputs), *gradients]


# --- the schedules -------------------------------------------------------------------------------


def test_the_paper_schedule_is_eq_8():
    gamma = paper_log_gamma(8, torch.float64).exp()
    assert gamma.tolist() == pytest.approx([1 - 2.0 ** (-5 - h) for h in range(8)], abs=1e-15)
    assert [gamma[h].item() for h in (0, 3)] == pytest.approx([0.96875, 0.99609375], abs=1e-15)


def test_the_experiments_schedule_runs_from_31_32_to_511_512():
    for heads in (2, 8, 10, 16):
        forgotten = 1 - experiment_log_gamma(heads, torch.float64).exp()
        ratios = forgotten[1:] / forgotten[:-1]
        assert forgotten[0].item() == pytest.approx(1 / 32, rel=1e-12)
        assert forgotten[-1].item() == pytest.approx(1 / 512, rel=1e-12)
        torch.testing.assert_close(ratios, ratios[:1].expand_as(ratios), rtol=1e-10, atol=0)


def test_spread_horizons_form_a_geometric_series_between_their_ends():
    horizons = 1 / (1 - spread_log_gamma(4, torch.float64, 2, 256).exp())
    ratio = 128 ** (1 / 3)
    expected = [2, 2 * ratio, 2 * ratio**2, 256]
    assert horizons.tolist() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("schedule", [paper_log_gamma, experiment_log_gamma])
def test_schedules_lose_no_digits_in_float32_and_stay_below_1(schedule):
    single, double = schedule(16), schedule(16, torch.float64)
    assert single.dtype == torch.float32
    assert torch.equal(single, double.float())
    assert (single.exp() < 1).all()


def test_half_precision_rounds_gamma_to_1():
    gamma = paper_log_gamma(9).exp()
    assert [h for h in range(9) if gamma.bfloat16()[h] == 1] == [4, 5, 6, 7, 8]
    assert [h for h in range(9) if gamma.half()[h] == 1] == [7, 8]


# --- decay ---------------------------------------------------------------------------------------


def test_decay_is_finite_over_3000_positions_and_0_above_the_diagonal():
    log_gamma = torch.tensor([math.log(0.5), math.log(31 / 32)])
    n = 3000
    d = decay(n, log_gamma)
    assert all(x.isfinite().all() for x in d)
    rows = torch.tensor([0, 1, 100, n - 1])
    assert torch.equal(d.inner[:, rows, rows], torch.ones(2, 4))
    for row in rows.tolist():
        assert (d.inner[:, row, row + 1 :] == 0).all()
    assert d.inner[0, 5, 2].item() == pytest.approx(0.125)
    # raised to the distance and masked afterwards, the same matrix overflows
    unmasked = torch.exp(log_gamma[1] * -torch.arange(n, dtype=torch.float32))
    assert unmasked.isinf().any()
    # and even where the mask leaves none of it in the value, the gradient is not a number
    log_gamma.requires_grad_()
    (gradient,) = torch.autograd.grad(decay(n, log_gamma).inner.sum(), log_gamma)
    assert gradient.isfinite().all()


def test_decay_vectors_are_those_of_eq_7():
    gamma = torch.tensor([0.5, 0.9], dtype=torch.float64)
    d = decay(4, gamma.log())
    for h in range(2):
        g = gamma[h].item()
        assert d.cross[h, :, 0].tolist() == pytest.approx([g, g**2, g**3, g**4])
        assert d.into_state[h, :, 0].tolist() == pytest.approx([g**3, g**2, g, 1])
        assert d.whole[h].item() == pytest.approx(g**4)


# --- the forms are one function ------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    heads=st.integers(1, 4),
    length=st.integers(1, 13),
    chunk_size=st.integers(1, 16),
    d_k=st.integers(1, 5),
    d_v=st.integers(1, 5),
    schedule=st.sampled_from(sorted(SCHEDULES)),
    has_state=st.booleans(),
    seed=st.integers(0, 99),
)
def test_every_form_is_the_double_loop_in_value_state_and_gradient(
    heads, length, chunk_size, d_k, d_v, schedule, has_state, seed
):
    sizes = {"heads": heads, "d_k": d_k, "d_v": d_v}
    log_gamma = SCHEDULES[schedule](heads, dtype=torch.float64)
    state = some_state(**sizes) if has_state else None
    tensors = [*inputs(length, **sizes, seed=seed), log_gamma, state]
    expected = with_gradients(naive, *tensors)
    for form in FORMS:

        def run(*tensors, form=form):
            return retention(*tensors, form=form, chunk_size=chunk_size)

        for actual, wanted in zip(with_gradients(run, *tensors), expected, strict=True):
            assert_near(actual, wanted, TOLERANCE[torch.float64])


@pytest.mark.parametrize("form", FORMS)
def test_gradients_are_those_of_finite_differences(form):
    q, k, v = inputs(5, batch=1, heads=2, d_k=2, d_v=2)
    state = some_state(batch=1, heads=2, d_k=2, d_v=2)
    leaves = [x.requires_grad_() for x in (q, k, v, paper_log_gamma(2, torch.float64), state)]
    assert torch.autograd.gradcheck(
        lambda *x: retention(*x, form=form, chunk_size=2), leaves, fast_mode=True
    )


@pytest.mark.parametrize("schedule", ["paper", "experiments", "no decay"])
@pytest.mark.parametrize(("length", "chunk_size"), [(257, 64), (200, 200), (96, 7)])
def test_long_sequences_agree_in_float32_with_the_parallel_form_in_float64(
    schedule, length, chunk_size
):
    tensors = inputs(length, d_k=16, d_v=32)
    log_gamma = SCHEDULES[schedule](3, dtype=torch.float64)
    expected = with_gradients(retention_parallel, *tensors, log_gamma)
    single = [x.float() for x in (*tensors, log_gamma)]
    for form in FORMS:

        def run(*x, form=form):
            return retention(*x, form=form, chunk_size=chunk_size)

        for actual, wanted in zip(with_gradients(run, *single), expected, strict=True):
            assert actual.dtype == torch.float32
            assert_near(actual, wanted, TOLERANCE[torch.float32])


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("form", FORMS)
def test_half_precision_inputs_keep_a_float32_state_and_lose_one_rounding(form, dtype):
    tensors = inputs(150, d_k=16, d_v=32, dtype=dtype)
    log_gamma = paper_log_gamma(3)
    exact, exact_state = retention_parallel(*(x.double() for x in tensors), log_gamma.double())
    out, state = retention(*tensors, log_gamma, form=form, chunk_size=32)
    assert (out.dtype, state.dtype) == (dtype, torch.float32)
    assert_near(state, exact_state, TOLERANCE[torch.float32])
    # half a unit in the last place of each number, and what float32 is off by
    rounding = torch.finfo(dtype).eps / 2 * exact.abs() + 1e-5 * exact.abs().max()
    assert ((out.double() - exact).abs() <= rounding).all()


@pytest.mark.parametrize("form", FORMS)
def test_under_autocast_the_state_stays_in_float32(form):
    q, k, v = inputs(40, dtype=torch.float32)
    expected, _ = retention_parallel(q, k, v, paper_log_gamma(3))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out, state = retention(q, k, v, paper_log_gamma(3), form=form, chunk_size=16)
    assert (out.dtype, state.dtype) == (torch.float32, torch.float32)
    assert_near(out, expected, 0.05)  # its products are rounded to 8 bits


@pytest.mark.parametrize("form", ["chunkwise", "chunks_at_once"])
@pytest.mark.parametrize("length", [4096, 4101])
def test_under_autocast_the_state_loses_no_digit_of_what_chunks_add(form, length):
    """What 16 positions of 0 and 1 add, bfloat16 can hold; what 256 such chunks do, it cannot."""
    q, k, v = inputs(length, heads=2, dtype=torch.float32)
    k, v = (k > 0).bfloat16(), (v > 0).bfloat16()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        _, state = retention(q, k, v, torch.zeros(2), form=form, chunk_size=16)
    counts = k.double().mT @ v.double()
    assert state.dtype == torch.float32
    assert torch.equal(state.double(), counts)
    assert not torch.equal(counts.bfloat16().double(), counts)


@pytest.mark.parametrize("form", ["chunkwise", "chunks_at_once"])
def test_under_autocast_a_long_memory_is_off_by_one_rounding(form):
    def error(actual, wanted):
        return ((actual.double() - wanted).norm() / wanted.norm()).item()

    log_gamma = torch.full((2,), math.log1p(-(2**-12)), dtype=torch.float64)
    tensors = inputs(4101, heads=2, d_k=8, d_v=16, dtype=torch.bfloat16)
    exact, last = retention_recurrent(*(x.double() for x in tensors), log_gamma)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out, state = retention(*tensors, log_gamma.float(), form=form, chunk_size=16)
    assert (out.dtype, state.dtype) == (torch.bfloat16, torch.float32)
    # 2^-9 is half of bfloat16's last place: of an operand, of a product, of a sum
    assert error(state, last) < 2 * 2**-9 and error(out, exact) < 3 * 2**-9
    rounded = torch.zeros_like(state)  # a state that is kept in bfloat16
    for k, v in zip(*(x.float().split(16, dim=2) for x in tensors[1:]), strict=True):
        d = decay(k.shape[2], log_gamma.float())
        rounded = (k.mT @ (v * d.into_state) + d.whole * rounded).bfloat16().float()
    assert error(rounded, last) > 5 * 2**-9


class CountCalls(TorchDispatchMode):
    """Count the operations that torch carries out."""

    calls = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.calls += 1
        return func(*args, **(kwargs or {}))


def test_chunks_at_once_takes_no_more_calls_for_more_chunks():
    def calls(form, chunks):
        with CountCalls() as counter:
            retention(*inputs(4 * chunks), log_gamma, form=form, chunk_size=4)
        return counter.calls

    log_gamma = paper_log_gamma(3, torch.float64)
    assert calls("chunks_at_once", 50) == calls("chunks_at_once", 5) < calls("chunkwise", 5)
    assert calls("chunkwise", 50) > 5 * calls("chunkwise", 5)


def test_chunks_at_once_multiplies_as_the_loop_does_and_one_triangle_more():
    H, d_k, d_v, C, N = 3, 4, 6, 8, 5
    tensors = inputs(C * N, batch=1, heads=H, d_k=d_k, d_v=d_v)
    with FlopCounterMode(display=False) as counter:
        retention_chunks_at_once(*tensors, paper_log_gamma(H, torch.float64), chunk_size=C)
    needed = chunkwise_flops(C * N, H * d_k, d_k, d_v, C)
    assert counter.get_total_flops() == needed + 2 * H * N**2 * d_k * d_v


# --- time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("run", [retention, retention_normalised])
def test_no_position_sees_the_future(form, run):
    q, k, v = (x.requires_grad_() for x in inputs(9))
    log_gamma = paper_log_gamma(3, torch.float64)
    for n in (0, 3, 7):
        out, _ = run(q, k, v, log_gamma, form=form, chunk_size=4)
        gradients = torch.autograd.grad(out[:, :, n].sum(), (q, k, v))
        for gradient in gradients:
            assert (gradient[:, :, n + 1 :] == 0).all()
            assert (gradient[:, :, n] != 0).any()


@settings(deadline=None, derandomize=True, max_examples=20)
@given(
    length=st.integers(2, 14),
    cut=st.integers(1, 13),
    chunk_size=st.integers(1, 6),
    forms=st.tuples(st.sampled_from(FORMS), st.sampled_from(FORMS)),
    normalised=st.booleans(),
)
def test_a_cut_sequence_goes_on_as_if_it_were_whole(length, cut, chunk_size, forms, normalised):
    cut = min(cut, length - 1)
    tensors, log_gamma = inputs(length), paper_log_gamma(3, torch.float64)
    run = retention_normalised if normalised else retention
    whole, last = run(*tensors, log_gamma)
    first, state = run(
        *(x[:, :, :cut] for x in tensors), log_gamma, form=forms[0], chunk_size=chunk_size
    )
    second, state = run(
        *(x[:, :, cut:] for x in tensors), log_gamma, state, form=forms[1], chunk_size=chunk_size
    )
    assert_near(torch.cat((first, second), dim=2), whole, 1e-10)
    for actual, expected in zip(state, last, strict=True):
        assert_near(actual, expected, 1e-10)


def test_step_by_step_is_the_parallel_form_and_the_state_does_not_grow():
    q, k, v = inputs(30, dtype=torch.float32)
    expected, last = retention_parallel(q, k, v, paper_log_gamma(3))
    state, outputs = None, []
    for n in range(30):
        out, state = retention_step(q[:, :, n], k[:, :, n], v[:, :, n], paper_log_gamma(3), state)
        assert state.shape == (2, 3, 4, 6)
        outputs.append(out)
    assert_near(torch.stack(outputs, dim=2), expected, 1e-5)
    assert_near(state, last, 1e-5)


# --- padding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("junk", [1.0, math.nan, math.inf])
def test_left_padding_changes_nothing(form, junk):
    tensors, log_gamma = inputs(11), paper_log_gamma(3, torch.float64)
    pads = torch.tensor([4, 0])
    mask = torch.arange(11) >= pads[:, None]  # (B, T)
    padded = [x.masked_fill(~mask[:, None, :, None], junk) for x in tensors]
    if junk != 1.0:
        padded[0] = tensors[0]  # a query only reads; its own output is nobody's
    out, state = retention(*padded, log_gamma, mask=mask, form=form, chunk_size=4)
    for b, pad in enumerate(pads.tolist()):
        alone, last = naive(*(x[b : b + 1, :, pad:] for x in tensors), log_gamma)
        assert_near(out[b : b + 1, :, pad:], alone, 1e-10)
        assert_near(state[b : b + 1], last, 1e-10)
        assert (out[b, :, :pad] == 0).all()


def test_padding_gets_no_gradient():
    q, k, v = (x.requires_grad_() for x in inputs(6))
    mask = torch.arange(6) >= torch.tensor([[2], [0]])
    out, state = retention(q, k, v, paper_log_gamma(3, torch.float64), mask=mask)
    for x in torch.autograd.grad(out.sum() + state.sum(), (q, k, v)):
        assert (x[0, :, :2] == 0).all()
        assert (x[1] != 0).any()


# --- what goes wrong elsewhere -------------------------------------------------------------------


def chunkwise_with(mistake, q, k, v, log_gamma, chunk_size):
    """Eq. 7 with one of the mistakes that public code and the paper's first version make."""
    q = q / math.sqrt(q.shape[-1])
    state, outputs = some_state() * 0, []
    for q_i, k_i, v_i in zip(*(x.split(chunk_size, dim=2) for x in (q, k, v)), strict=True):
        d = decay(q_i.shape[2], log_gamma.to(q.device))
        zeta = torch.ones_like(d.into_state) if mistake == "no zeta" else d.into_state
        after = k_i.mT @ (v_i * zeta) + d.whole * state
        read = after if mistake == "R_i" else state
        outputs.append(((q_i @ k_i.mT) * d.inner) @ v_i + (q_i @ read) * d.cross)
        state = after
    return torch.cat(outputs, dim=2)


def test_eq_7_without_zeta_or_with_the_chunks_own_state_is_wrong():
    """The first version of the paper prints both mistakes: without them the loop is right."""
    tensors, log_gamma = inputs(20), paper_log_gamma(3, torch.float64)
    expected, _ = naive(*tensors, log_gamma)

    def error(out):
        return ((out - expected).norm() / expected.norm()).item()

    assert error(chunkwise_with(None, *tensors, log_gamma, 8)) < 1e-10
    assert error(retention_chunkwise(*tensors, log_gamma, chunk_size=8)[0]) < 1e-10
    assert error(chunkwise_with("no zeta", *tensors, log_gamma, 8)) > 0.02
    assert error(chunkwise_with("R_i", *tensors, log_gamma, 8)) > 0.2


def test_gamma_in_bfloat16_forgets_to_forget_and_is_refused():
    q, k, v = inputs(600, batch=1, heads=8, d_k=8, d_v=8)
    log_gamma = paper_log_gamma(8, torch.float64)
    exact, _ = retention_parallel(q, k, v, log_gamma)
    rounded = log_gamma.exp().bfloat16().double().log()
    wrong, _ = retention_parallel(q, k, v, rounded)
    error = ((wrong - exact)[0].flatten(1).norm(dim=1)) / exact[0].flatten(1).norm(dim=1)  # (H,)
    assert (error[:4] < 1e-10).all()  # 1 - 2^-8 is still a number of 8 bits
    assert error[4] > 0.1  # head 4's gamma has become 1
    for form in FORMS:
        with pytest.raises(ValueError, match="float32"):
            retention(q, k, v, log_gamma.bfloat16(), form=form)


def test_wrong_calls_are_refused():
    q, k, v = inputs(3)
    log_gamma = paper_log_gamma(3, torch.float64)
    with pytest.raises(ValueError, match="3 heads"):
        retention_recurrent(q, k, v, log_gamma[:1])
    with pytest.raises(ValueError, match="padding"):
        retention(q, k, v, log_gamma, some_state(), torch.ones(2, 3, dtype=torch.bool))
    with pytest.raises(ValueError, match="'paralel'"):
        retention(q, k, v, log_gamma, form="paralel")
    for chunked in (retention_chunkwise, retention_chunks_at_once):
        with pytest.raises(ValueError, match="chunk_size"):
            chunked(q, k, v, log_gamma, chunk_size=0)


# --- the paper's normalisers ---------------------------------------------------------------------


def normalised_by_matrices(q, k, v, log_gamma):
    """Section 2.2 as it is written, with D and R in full."""
    n = torch.arange(q.shape[2])
    distance = (n[:, None] - n).double()
    gamma = log_gamma.to(q.device).exp()[:, None, None]
    d = torch.where(distance >= 0, gamma**distance, 0.0)
    d = d / d.sum(-1, keepdim=True).sqrt()
    r = q @ k.mT / math.sqrt(q.shape[-1]) * d
    return r / r.sum(-1, keepdim=True).abs().clamp(min=1) @ v


@pytest.mark.parametrize("schedule", ["paper", "experiments", "no decay"])
@pytest.mark.parametrize("form", FORMS)
def test_the_normalisers_are_those_of_the_matrices(schedule, form):
    q, k, v = inputs(21)
    k = k + q  # rows that sum to more than 1, as well as less
    log_gamma = SCHEDULES[schedule](3, dtype=torch.float64)
    expected = with_gradients(lambda *x: [normalised_by_matrices(*x)], q, k, v, log_gamma)

    def run(*x):
        return retention_normalised(*x, form=form, chunk_size=8)[:1]

    for actual, wanted in zip(with_gradients(run, q, k, v, log_gamma), expected, strict=True):
        assert_near(actual, wanted, 1e-10)


def normed(y, eps):
    return F.layer_norm(y, y.shape[-1:], eps=eps)


@pytest.mark.parametrize("form", FORMS)
def test_a_norm_with_eps_0_takes_the_normalisers_out_again(form):
    q, k, v = inputs(21)
    k, log_gamma = k + q, paper_log_gamma(3, torch.float64)

    def plain(*x):
        return [normed(retention(*x, form="recurrent")[0], 0.0)]

    def normalised(*x):
        return [normed(retention_normalised(*x, form=form, chunk_size=8)[0], 0.0)]

    before = retention_normalised(q, k, v, log_gamma)[0] / retention(q, k, v, log_gamma)[0]
    assert before.min() < 0.2  # they do something
    expected = with_gradients(plain, q, k, v, log_gamma)
    for actual, wanted in zip(
        with_gradients(normalised, q, k, v, log_gamma), expected, strict=True
    ):
        assert_near(actual, wanted, 1e-10)


def test_a_norm_with_an_eps_does_not_take_them_out_of_small_values():
    """Where torchscale's chunkwise form goes another way than its parallel one."""
    q, k, v = inputs(21)
    log_gamma = paper_log_gamma(3, torch.float64)
    plain = normed(retention(q, k, v * 1e-3, log_gamma)[0], 1e-6)
    normalised = normed(retention_normalised(q, k, v * 1e-3, log_gamma)[0], 1e-6)
    assert ((plain - normalised).norm() / plain.norm()).item() > 0.1


def test_normalised_half_precision_keeps_a_float32_state():
    tensors = inputs(40, dtype=torch.bfloat16)
    out, state = retention_normalised(*tensors, paper_log_gamma(3), form="chunkwise")
    assert out.dtype == torch.bfloat16
    assert {x.dtype for x in state} == {torch.float32}
    expected = normalised_by_matrices(
        *(x.double() for x in tensors), paper_log_gamma(3, torch.float64)
    )
    assert_near(out, expected, 2**-8)
