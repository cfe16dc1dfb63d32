"""torchnotes.costs: formulas against counters, the timer against a clock that is told the time."""

import math

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from torchnotes.costs import (
    attention_flops,
    bandwidth,
    cache_numbers,
    chunkwise_flops,
    crossover,
    growth_exponent,
    matmul_rate,
    saved_bytes,
    spread,
    state_numbers,
    take_turns,
)
from torchnotes.retention import paper_log_gamma, retention_chunkwise
from torchnotes.retnet import RetNet
from torchnotes.transformer import Transformer, cache_nbytes


def counted(compute):
    with FlopCounterMode(display=False) as counter:
        compute()
    return counter.get_total_flops()


@pytest.mark.parametrize("d_v", [16, 32])
@pytest.mark.parametrize("chunk_size", [8, 32, 128])
def test_the_flops_of_chunkwise_retention_are_those_of_its_products(chunk_size, d_v):
    q, k, v = (torch.randn(1, 3, 128, d) for d in (16, 16, d_v))
    log_gamma = paper_log_gamma(3).to(q.device)
    flops = counted(lambda: retention_chunkwise(q, k, v, log_gamma, chunk_size=chunk_size))
    assert flops == chunkwise_flops(128, 48, 16, d_v, chunk_size)
    if d_v == 16:
        assert flops == 4 * 128 * 48 * (chunk_size + 16)  # Sun et al. 2023, section 3.5


def test_the_flops_of_attention_are_half_of_two_full_products():
    q = torch.randn(1, 4, 64, 8)
    full = counted(lambda: (q @ q.mT).softmax(-1) @ q)  # the CPU's fused kernel is not counted
    assert attention_flops(64, 32) == full / 2


def test_state_and_cache_are_those_of_the_models():
    model = RetNet(11, 32, 3, head_dim=8)
    _, state = model(torch.zeros(2, 5, dtype=torch.long), return_state=True)
    assert state.nbytes == 4 * 2 * state_numbers(32, 3, 8)
    for kv_heads in (4, 1):
        cache = Transformer(11, 32, 3, 4, kv_heads).new_cache(2, 9)
        for layer in cache:
            layer.length = 7
        assert cache_nbytes(cache) == 4 * 2 * 7 * cache_numbers(32, 3, kv_heads / 4)


class Clock:
    """The time as the ways spend it."""

    now = 0.0

    def __call__(self):
        return self.now

    def spending(self, *seconds):
        calls = iter([*seconds, *[seconds[-1]] * 1000])

        def way():
            self.now += next(calls)

        return way


def test_ways_take_turns_and_warm_up_untimed():
    clock, order = Clock(), []
    ways = {}
    for name, spends in {"a": (9.0, 1.0), "b": (7.0, 2.0), "c": (5.0, 3.0)}.items():
        way = clock.spending(*spends)
        ways[name] = lambda name=name, way=way: (order.append(name), way())
    seconds = take_turns(ways, 4, clock=clock)
    assert seconds == {"a": [1.0] * 4, "b": [2.0] * 4, "c": [3.0] * 4}
    assert "".join(order) == "abc" + "abc" + "bca" + "cab" + "abc"


def test_waiting_counts_and_what_leads_does_not():
    clock = Clock()

    def wait():
        clock.now += 0.5

    seconds = take_turns({"a": clock.spending(1.0)}, 3, warmup=0, lead=2, wait=wait, clock=clock)
    assert seconds == {"a": [1.5] * 3}
    assert clock.now == 3 * (2 + 0.5 + 1.5)


def test_spread_is_median_and_quartiles_in_milliseconds():
    assert spread([0.004, 0.001, 0.002, 0.003, 9.0]) == (3.0, [2.0, 4.0])


@pytest.mark.parametrize("p", [0.0, 1.0, 1.7, 2.0])
def test_a_known_exponent_is_recovered(p):
    lengths = [256, 512, 1024, 4096, 16384]
    assert math.isclose(growth_exponent(lengths, [3e-6 * n**p for n in lengths]), p, abs_tol=1e-9)


def test_one_disturbed_length_moves_the_exponent_little():
    lengths = [2**k for k in range(8, 15)]
    times = [n**2.0 for n in lengths]
    times[-1] *= 1.3
    assert 2 < growth_exponent(lengths, times) < 2.1


def test_the_crossover_of_two_powers_is_where_they_are_equal():
    lengths = [100, 200, 400, 800, 1600]
    ours, theirs = [530 * n for n in lengths], [n**2 for n in lengths]
    assert math.isclose(crossover(lengths, ours, theirs), 530)


def test_a_crossover_must_last():
    lengths = [1, 2, 4, 8]
    assert crossover(lengths, [1, 1, 1, 1], [2, 2, 2, 2]) == 1
    assert crossover(lengths, [1, 1, 1, 3], [2, 2, 2, 2]) is None
    # faster at 1, slower at 2, faster from between 4 and 2 on
    assert math.isclose(crossover(lengths, [1, 4, 1, 1], [2, 2, 2, 2]), 2**1.5)


def test_saved_memory_counts_once():
    x = torch.randn(10, 10, requires_grad=True)
    assert saved_bytes(lambda: x * x) == 400  # x, twice
    assert saved_bytes(lambda: x[:5] * x[5:]) == 400  # two views of one
    assert saved_bytes(lambda: (x * 2).exp()) == 400  # the result alone
    assert saved_bytes(lambda: x + 1) == 0


def test_rates_are_positive():
    assert matmul_rate("cpu") > 1e8 and bandwidth("cpu", 1 << 20, rounds=2) > 1e7
