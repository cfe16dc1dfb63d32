"""Claims RET-07 to RET-64 that the page on costs shows."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from torchnotes.costs import cache_numbers, chunkwise_flops, state_numbers
from torchnotes.retention import paper_log_gamma, retention_chunkwise, retention_step
from torchnotes.retnet import RetNet
from torchnotes.transformer import Transformer, cache_nbytes

# Sun et al. 2023: Table 2's 6.7B, in fp16; and Table 4's words per second
WEIGHTS, L, D, D_K = 2 * 6.7e9, 32, 4096, 256
TOKEN, STATE = 2 * cache_numbers(D, L), 2 * state_numbers(D, L, D_K)
WORDS = {  # Transformer, with FlashAttention, RetNet
    "1.3B": (10832.4, 63965.2, 73344.8),
    "2.7B": (5186.0, 34990.2, 38921.2),
    "6.7B": (2754.4, 16230.1, 17458.6),
    "13B": (1208.9, 7945.1, 8642.2),
}
GIGABYTES = {
    "1.3B": (74.8, 38.8, 34.5),
    "2.7B": (69.6, 42.1, 42.0),
    "6.7B": (69.0, 51.4, 48.0),
    "13B": (61.4, 46.3, 45.9),
}


def memory_ratio(batch, context=8192):
    return (WEIGHTS + batch * context * TOKEN) / (WEIGHTS + batch * STATE)


def flops(compute):
    with FlopCounterMode(display=False) as counter:
        compute()
    return counter.get_total_flops()


def test_ret_07_memory_is_right_for_a_batch_of_eight_and_latency_is_not_in_the_bytes():
    assert pytest.approx(0.706, abs=1e-3) == 1 - 1 / 3.4
    assert memory_ratio(1) == pytest.approx(1.3, abs=0.05)
    assert memory_ratio(8) == pytest.approx(3.3, abs=0.05)
    fits = int((80e9 - WEIGHTS) // (8192 * TOKEN))  # on an A100-80GB
    latency = (WEIGHTS + fits * 8192 * TOKEN) / (WEIGHTS + fits * 2 * STATE)
    assert fits == 15 and latency < 5 < 15.6


def test_ret_17_a_saving_of_70_per_cent_is_a_matter_of_the_batch():
    saved = {batch: 1 - 1 / memory_ratio(batch) for batch in (1, 8, 16)}
    assert saved[1] < 0.25 and saved[8] == pytest.approx(0.70, abs=0.01) and saved[16] > 0.8


def test_ret_19_a_step_moves_more_bytes_for_a_larger_batch():
    moved = [WEIGHTS + batch * 2 * STATE for batch in (1, 8, 64)]
    assert moved[1] / moved[0] < 1.15, "a small batch is nearly free"
    assert moved[2] / moved[0] > 2, "a large one is not"


def test_ret_56_competitive_means_a_few_per_cent_over_flash_attention():
    over_flash = [ours / flash for _, flash, ours in WORDS.values()]
    over_plain = [ours / plain for plain, _, ours in WORDS.values()]
    assert min(over_flash) > 1.07 and max(over_flash) < 1.15
    assert min(over_plain) > 6.3 and max(over_plain) < 7.6
    assert all(ours <= flash < plain for plain, flash, ours in GIGABYTES.values())


def test_ret_57_cache_per_token_and_state_per_sequence():
    assert pytest.approx(0.52, abs=0.005) == TOKEN / 1e6
    assert pytest.approx(134, abs=0.5) == STATE / 1e6
    model, other = RetNet(9, 16, 2, 2), Transformer(9, 16, 2, 2)
    kept = []
    for length in (8, 64):
        tokens = torch.zeros(1, length, dtype=torch.long)
        with torch.no_grad():
            state = model(tokens, return_state=True)[1]
            other(tokens, cache := other.new_cache(1, length))
        kept.append((state.nbytes, cache_nbytes(cache)))
    assert kept[1][0] == kept[0][0] and kept[1][1] == 8 * kept[0][1]


def test_ret_58_extra_memory_depends_on_the_batch():
    share = {b: 100 * b * STATE / (WEIGHTS + b * STATE) for b in (1, 3, 64)}
    assert share == pytest.approx({1: 1.0, 3: 2.9, 64: 39}, abs=0.1)


def test_ret_59_a_step_of_retention_costs_the_same_at_any_length():
    log_gamma = paper_log_gamma(2)
    q, k, v = (torch.randn(1, 2, d) for d in (8, 8, 16))
    state = None
    for n in range(1, 257):
        step = flops(lambda s=state: retention_step(q, k, v, log_gamma, s))
        _, state = retention_step(q, k, v, log_gamma, state)
        if n in (1, 256):
            keys, values = torch.randn(2, 1, 2, n, 8)
            attention = flops(lambda: (q[:, :, None] @ keys.mT).softmax(-1) @ values)  # noqa: B023
            if n == 1:
                first = step, attention
    assert step == first[0] and attention == 256 * first[1]


def test_ret_63_chunkwise_flops_are_4dn_b_plus_h():
    n, b, h, heads = 256, 32, 16, 3
    x = torch.randn(3, 1, heads, n, h)
    log_gamma = paper_log_gamma(heads)
    counted = flops(lambda: retention_chunkwise(*x, log_gamma, chunk_size=b))
    assert counted == 4 * heads * h * n * (b + h)


def test_ret_64_only_a_large_d_makes_b_and_h_negligible():
    b, h = 512, 256
    share = {
        (d, n): chunkwise_flops(n, d, h, 2 * h, b) / (24 * d**2 * n)
        for d in (1024, 4096)
        for n in (2048, 32768)
    }
    for (d, _), got in share.items():
        assert got == pytest.approx((3 * b + 4 * h) / (12 * d))
    assert share[1024, 2048] == share[1024, 32768] == pytest.approx(0.21, abs=0.005)
    assert share[4096, 32768] == pytest.approx(0.05, abs=0.005)
