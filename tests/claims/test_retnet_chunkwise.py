"""Claims RET-02, 03, 04, 16, 28, 29 and 30 that the page on the three forms shows."""

import math

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from torchnotes.retention import (
    Decay,
    decay,
    paper_log_gamma,
    retention_chunkwise,
    retention_parallel,
    retention_recurrent,
    retention_step,
    stretch,
)

FORMS = {
    "parallel": retention_parallel,
    "recurrent": retention_recurrent,
    "chunkwise": retention_chunkwise,
}


@pytest.fixture(autouse=True)
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # tensors this small are faster so
    yield
    torch.set_num_threads(threads)


def inputs(length, heads=2, d_k=64, d_v=128, dtype=torch.float32):
    generator = torch.Generator().manual_seed(0)
    shapes = [(1, heads, length, d) for d in (d_k, d_k, d_v)]
    return [torch.randn(s, generator=generator, dtype=torch.float64).to(dtype) for s in shapes]


def double_loop(q, k, v, log_gamma):
    out = torch.zeros_like(v)
    for n in range(q.shape[2]):
        for m in range(n + 1):
            score = (q[:, :, n] * k[:, :, m]).sum(-1) * torch.exp(log_gamma * (n - m))
            out[:, :, n] += score[..., None] / math.sqrt(q.shape[-1]) * v[:, :, m]
    return out


def flops(form, *args, **options):
    with FlopCounterMode(display=False) as counter:
        form(*args, **options)
    return counter.get_total_flops()


def saved_bytes(form, length, **options):
    args, saved = [t.requires_grad_() for t in inputs(length)], []
    with torch.autograd.graph.saved_tensors_hooks(saved.append, lambda _: None):
        form(*args, paper_log_gamma(2), **options)
    storages = [t.untyped_storage() for t in saved]
    return sum({s.data_ptr(): s.nbytes() for s in storages}.values())


def relative(got, want):
    return ((got - want).norm() / want.norm()).item()


def eq_7(q, k, v, d: Decay, size, before=True):
    state = torch.zeros(*v.shape[:2], k.shape[-1], v.shape[-1], dtype=v.dtype)
    outputs = []
    for chunk in zip(*(t.split(size, 2) for t in (q / math.sqrt(q.shape[-1]), k, v)), strict=True):
        out, after = stretch(*chunk, d, state)
        outputs.append(out if before else stretch(*chunk, d, after)[0])
        state = after
    return torch.cat(outputs, dim=2)


def test_ret_02_the_three_forms_compute_the_same():
    for dtype, tolerance in ((torch.float64, 2e-14), (torch.float32, 1e-5)):
        x = inputs(40, heads=8, d_k=8, d_v=16, dtype=dtype)
        log_gamma = paper_log_gamma(8, dtype)
        want = double_loop(*(t.double() for t in x), log_gamma.double())
        for form in FORMS.values():
            assert relative(form(*x, log_gamma)[0].double(), want) < tolerance
        for size in (1, 7, 16, 40, 99):
            out = retention_chunkwise(*x, log_gamma, chunk_size=size)[0]
            assert relative(out.double(), want) < tolerance


def test_ret_03_a_decoding_step_costs_the_same_at_any_position():
    log_gamma = paper_log_gamma(2)
    steps, attention = set(), []
    for n in (256, 4096):
        q, k, v = inputs(n)
        # at that position, the state that the positions before it left
        state = retention_chunkwise(q, k, v, log_gamma)[1]
        steps.add(flops(retention_step, *(t[:, :, -1] for t in (q, k, v)), log_gamma, state))
        cached = k, v[..., :64]
        attention.append(
            flops(lambda q, k, v: (q @ k.mT).softmax(-1) @ v, q[:, :, -1:], *cached),
        )
    assert steps == {32_768} and state.numel() == 2 * 64 * 128
    assert attention[1] == 16 * attention[0]


def test_ret_04_chunkwise_flops_grow_linearly():
    growth = {}
    for name, form in FORMS.items():
        short, long = (flops(form, *inputs(t), paper_log_gamma(2)) for t in (512, 2048))
        growth[name] = long / short
    assert growth["chunkwise"] == growth["recurrent"] == 4
    assert growth["parallel"] == pytest.approx(14.3, abs=0.05)


def test_ret_16_chunkwise_memory_grows_linearly():
    saved = {n: [saved_bytes(f, t) for t in (512, 2048)] for n, f in FORMS.items()}
    growth = {n: long / short for n, (short, long) in saved.items()}
    assert growth["parallel"] == pytest.approx(12.6, abs=0.1)
    assert growth["chunkwise"] == pytest.approx(4.0, abs=0.1)
    assert saved["recurrent"][1] > saved["parallel"][1] > saved["chunkwise"][1]
    # the page's law of the best chunk: sqrt(d_k d_v) = 90.5
    by_size = {c: saved_bytes(retention_chunkwise, 1024, chunk_size=c) for c in (16, 91, 512)}
    assert min(by_size, key=by_size.get) == 91


def test_ret_28_the_recurrent_form_is_eq_6():
    q, k, v = (t[0, 0] for t in inputs(20, heads=1, d_k=3, d_v=5, dtype=torch.float64))
    log_gamma = paper_log_gamma(1, torch.float64)
    state, outputs = torch.zeros(3, 5, dtype=torch.float64), []
    for n in range(20):
        state = (31 / 32) * state + torch.outer(k[n], v[n])
        outputs.append(q[n] @ state / math.sqrt(3))
    args = [t[None, None] for t in (q, k, v)]
    out, end = retention_recurrent(*args, log_gamma)
    torch.testing.assert_close(out[0, 0], torch.stack(outputs), rtol=0, atol=1e-13)
    torch.testing.assert_close(end[0, 0], state, rtol=0, atol=1e-13)
    assert relative(double_loop(*args, log_gamma), out) < 1e-14


def test_ret_29_eq_7_needs_zeta_and_the_state_before():
    x = inputs(512, heads=8, d_k=8, d_v=16, dtype=torch.float64)
    log_gamma = paper_log_gamma(8, torch.float64)
    d = decay(64, log_gamma)
    j = torch.arange(64, dtype=torch.float64)
    gamma = log_gamma.exp()[:, None]
    torch.testing.assert_close(d.cross[..., 0], gamma ** (j + 1), rtol=1e-12, atol=0)
    torch.testing.assert_close(d.into_state[..., 0], gamma ** (63 - j), rtol=1e-12, atol=0)
    want = retention_parallel(*x, log_gamma)[0]
    no_zeta = d._replace(into_state=torch.ones_like(d.into_state))
    assert relative(eq_7(*x, d, 64), want) < 1e-14
    assert relative(eq_7(*x, no_zeta, 64), want) > 0.1
    assert relative(eq_7(*x, d, 64, before=False), want) > 0.5
    assert relative(eq_7(*x, no_zeta, 64, before=False), want) > 0.5


def test_ret_30_chunks_save_flops_on_long_sequences():
    def formula(length, size, d_k, d_v):
        return 2 * length * (size * (d_k + d_v) + 2 * d_k * d_v)

    for size in (32, 64, 256):
        counted = flops(retention_chunkwise, *inputs(512), paper_log_gamma(2), chunk_size=size)
        assert counted == 2 * formula(512, size, 64, 128)
    gain = formula(8192, 8192, 256, 512) / formula(8192, 512, 256, 512)
    assert gain == pytest.approx(10.0, abs=0.05)
