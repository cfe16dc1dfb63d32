"""Claims of the RetNet note's abstract and introduction that the page on the triangle shows."""

import math
from graphlib import TopologicalSorter

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from torchnotes.graph import backward_graph
from torchnotes.retention import paper_log_gamma, retention_parallel, retention_recurrent
from torchnotes.retnet import MultiScaleRetention, RetNet
from torchnotes.transformer import Attention, KVCache, causal_attention

# The paper's Table 4, published: words per second and GB of the Transformer, of the Transformer
# with FlashAttention, and of RetNet, for 1.3B, 2.7B, 6.7B and 13B parameters.
SPEED = [
    (10832.4, 63965.2, 73344.8),
    (5186.0, 34990.2, 38921.2),
    (2754.4, 16230.1, 17458.6),
    (1208.9, 7945.1, 8642.2),
]
MEMORY = [(74.8, 38.8, 34.5), (69.6, 42.1, 42.0), (69.0, 51.4, 48.0), (61.4, 46.3, 45.9)]

# Its 6.7B, Table 2 and section 3.1
LAYERS, WIDTH, D_K = 32, 4096, 256


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # layers this small are faster so
    yield
    torch.set_num_threads(threads)


def longest_chain(output):
    nodes, edges = backward_graph(output)
    feeds = {node: [] for node in nodes}
    for node, source in edges:
        feeds[node].append(source)
    length = {}
    for node in TopologicalSorter(feeds).static_order():
        length[node] = 1 + max((length[s] for s in feeds[node]), default=0)
    return length[output.grad_fn]


def gru(x):
    cell, h = nn.GRUCell(16, 16), torch.zeros(1, 16)
    for x_t in x.unbind(1):
        h = cell(x_t, h)
    return h


def attention(x):
    return causal_attention(*[x.unflatten(2, (2, 8)).transpose(1, 2)] * 3)


def retention(form, x):
    return form(*[x.unflatten(2, (2, 8)).transpose(1, 2)] * 3, paper_log_gamma(2))[0]


def chains(read):
    return [longest_chain(read(torch.randn(1, T, 16, requires_grad=True))) for T in (8, 32, 128)]


def kept_by_attention(length):
    layer, cache = Attention(64, 2), KVCache(1, 2, 512, 32)
    with torch.no_grad():
        for _ in range(length):
            layer(torch.randn(1, 1, 64), cache)
    return cache.nbytes


def kept_by_retention(length):
    layer, state = MultiScaleRetention(64, paper_log_gamma(2)), None
    with torch.no_grad():
        for n in range(length):
            turns = layer.turns(torch.tensor([n]))
            _, state = layer(torch.randn(1, 1, 64), state, turns=turns, form="recurrent")
    return state.nbytes


def test_retnet_chain_measure_is_the_longest_path():
    x = torch.ones(1, requires_grad=True)
    y = x
    for _ in range(5):
        y = y + 1
    assert longest_chain(y) == 6, "five additions and the leaf"
    assert longest_chain(y + x) == 7, "the short way round does not count"


def test_ret_05_each_fault_is_another_familys():
    """The chain is the GRU's and not attention's; the growing memory is attention's."""
    short, _, long = chains(gru)
    assert long > 12 * short
    assert len(set(chains(attention))) == 1
    assert kept_by_attention(256) == 16 * kept_by_attention(16)
    cell = nn.GRUCell(64, 64)
    assert cell(torch.randn(1, 64), torch.zeros(1, 64)).nbytes == 64 * 4


def test_ret_06_constant_and_not_vanishing():
    """O(1), not o(1): what recurrent inference keeps is the same after 4 and after 256 tokens."""
    kept = {kept_by_retention(n) for n in (1, 4, 256)}
    assert kept == {2 * 32 * 64 * 4}  # H d_k d_v numbers of 4 bytes


@pytest.mark.parametrize("V", [2, 80, 5000])
def test_ret_09(V):
    targets = torch.randint(V, (100,))
    nats = F.cross_entropy(torch.zeros(100, V, dtype=torch.float64), targets)
    assert math.isclose(nats.exp(), V, rel_tol=1e-12)
    sure = 100 * F.one_hot(targets, V).double()
    assert math.isclose(F.cross_entropy(sure, targets).exp(), 1)


def test_ret_10_cache_grows_and_the_state_equals_d_k_tokens():
    per_token = 2 * LAYERS * WIDTH * 2  # fp16
    assert per_token == 524_288
    heads = WIDTH // D_K
    state = LAYERS * heads * D_K * (2 * D_K) * 2
    assert state == 134_217_728 and state == 256 * per_token
    # the same on modules: d_k tokens, in one dtype
    assert kept_by_retention(1) == kept_by_attention(32)
    assert kept_by_retention(1) > kept_by_attention(31)
    # and the work per token: every earlier position gets a score
    assert kept_by_attention(64) == 64 * kept_by_attention(1)


def test_ret_11_one_function_on_two_sides_of_the_triangle():
    """No theorem: retention has a flat graph and a constant state, and both compute the same."""
    assert len(set(chains(lambda x: retention(retention_parallel, x)))) == 1
    x = torch.randn(1, 64, 16, dtype=torch.float64)
    both = [retention(form, x) for form in (retention_parallel, retention_recurrent)]
    torch.testing.assert_close(*both, rtol=0, atol=1e-10)
    assert not torch.allclose(both[0], both[1] + 1e-6, rtol=0, atol=1e-10)


@torch.no_grad()
def test_ret_15_no_growing_cache_and_still_a_state():
    model = RetNet(11, 32, 2, num_heads=2)
    tokens = torch.randint(11, (1, 40))
    sizes = set()
    for n in (1, 10, 40):
        _, state = model(tokens[:, :n], "recurrent", return_state=True)
        sizes.add(state.nbytes)
    assert sizes == {2 * 2 * 16 * 32 * 4}  # L H d_k d_v numbers of 4 bytes, and not 0


def test_ret_18_both_figures_are_against_the_plain_transformer():
    against_plain = [ours / plain for plain, _, ours in SPEED]
    against_flash = [ours / flash for _, flash, ours in SPEED]
    assert [round(x, 2) for x in against_flash] == [1.15, 1.11, 1.08, 1.09]
    assert min(against_plain) > 6.3 and max(against_plain) < 7.6
    saved_plain = [1 - ours / plain for plain, _, ours in MEMORY]
    saved_flash = [1 - ours / flash for _, flash, ours in MEMORY]
    assert min(saved_plain) > 0.25 and max(saved_flash) < 0.12


def test_ret_20_an_operation_per_byte_at_any_batch():
    """Memory-bound: the cache of every sequence is fetched for that sequence alone."""
    P, c, n, itemsize = 12 * LAYERS * WIDTH**2, 2 * LAYERS * WIDTH, 8192, 2

    def intensity(weights, cached, batch):
        operations = 2 * batch * (weights + cached)
        return operations / (itemsize * (weights + batch * cached))

    for batch in (1, 8, 64):
        assert intensity(0, n * c, batch) == 1.0
        assert intensity(P, 0, batch) == batch
    assert intensity(P, n * c, 64) < 4
