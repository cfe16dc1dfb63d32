"""The language model around the relatives: two forms, causality, and sizes counted by hand.

Tolerance: 1e-10 in float64, where agreement is about 1e-14.
"""

import math

import pytest
import torch
from torch import nn

from torchnotes.relatives.h3 import H3
from torchnotes.relatives.hyena import Hyena
from torchnotes.relatives.language_model import MixerBlock, MixerLM
from torchnotes.relatives.linear_attention import LinearAttention
from torchnotes.relatives.rwkv import RWKV

V, D, LAYERS, T = 11, 8, 2, 12
MIXERS = {
    "linear attention": lambda: LinearAttention(D, num_heads=2),
    "RWKV": lambda: RWKV(D),
    "H3": lambda: H3(D, num_heads=2, d_state=4, shift_size=3),
    "Hyena": lambda: Hyena(D, max_length=T),
}
every_mixer = pytest.mark.parametrize("name", MIXERS)


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # models this small are faster so
    yield
    torch.set_num_threads(threads)


def build(name):
    """A float64 model whose every parameter is off its starting value."""
    model = MixerLM(V, D, LAYERS, MIXERS[name])
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.1 * torch.randn_like(p))
    return model.double()


@every_mixer
@pytest.mark.parametrize("batch", [1, 3])
def test_steps_give_the_logits_of_the_whole_pass(name, batch):
    model = build(name)
    tokens = torch.randint(V, (batch, T))
    expected = model(tokens)
    assert expected.shape == (batch, T, V)
    state, logits = model.init_state(batch), []
    for t in range(T):
        y, state = model.step(tokens[:, t], state)
        logits.append(y)
    assert len(state) == LAYERS
    torch.testing.assert_close(torch.stack(logits, 1), expected, rtol=1e-10, atol=1e-10)


@every_mixer
def test_no_logit_depends_on_a_later_token(name):
    model = build(name)
    x = torch.randn(1, T, D, dtype=torch.float64)
    # the tokens' embeddings are what can be differentiated
    model.embedding = nn.Identity()
    jacobian = torch.autograd.functional.jacobian(lambda x: model(x)[0], x)[:, :, 0]
    size = jacobian.abs().amax((1, 3))  # (T, T): of d logits_t / d x_s
    assert size.triu(1).max() < 1e-12 * size.max()
    assert (size.tril() + torch.ones(T, T).triu(1) > 0).all(), "all of the past counts"


@every_mixer
def test_parameters_are_those_of_the_parts(name):
    model = MixerLM(V, D, LAYERS, MIXERS[name])
    mixer = sum(p.numel() for p in MIXERS[name]().parameters())
    # embedding and head; W_1 and W_2, 4 D wide; norms have no weights
    expected = 2 * V * D + LAYERS * (mixer + 8 * D * D)
    assert sum(p.numel() for p in model.parameters()) == expected


def test_with_linear_attention_a_block_has_12_d_squared_as_retnet_has():
    block = MixerBlock(D, LinearAttention(D, num_heads=2))
    assert sum(p.numel() for p in block.parameters()) == 12 * D * D


def test_a_block_is_two_residual_branches():
    block = MixerBlock(D, LinearAttention(D, num_heads=2)).double()
    x = torch.randn(2, T, D, dtype=torch.float64)

    def norm(x):
        centred = x - x.mean(-1, keepdim=True)
        return centred / (centred.square().mean(-1, keepdim=True) + 1e-5).sqrt()

    y = x + block.mixer(norm(x))
    z = norm(y) @ block.feed_forward.w_1.weight.T
    gelu = z * 0.5 * (1 + torch.erf(z / math.sqrt(2)))
    expected = y + gelu @ block.feed_forward.w_2.weight.T
    torch.testing.assert_close(block(x), expected, rtol=1e-10, atol=1e-10)


@every_mixer
def test_each_block_has_a_mixer_of_its_own(name):
    first, second = MixerLM(V, D, 2, MIXERS[name]).blocks
    assert not {id(p) for p in first.parameters()} & {id(p) for p in second.parameters()}


@every_mixer
def test_projections_start_at_the_stated_size(name):
    torch.manual_seed(0)
    d, layers = 64, 4
    makers = {
        "linear attention": lambda: LinearAttention(d, num_heads=2),
        "RWKV": lambda: RWKV(d),
        "H3": lambda: H3(d, num_heads=2, d_state=4, shift_size=3),
        "Hyena": lambda: Hyena(d, max_length=T),
    }
    model = MixerLM(100, d, layers, makers[name])
    linear = {
        n: m for n, m in model.named_modules() if isinstance(m, nn.Linear) and ".filter." not in n
    }
    for n, m in linear.items():
        std = m.in_features**-0.5
        last = n.endswith(("out_proj", "w_2"))
        if last:
            std /= math.sqrt(2 * layers)
        assert math.isclose(m.weight.std().item(), std, rel_tol=0.1), n
    # each block's two branches end in one: nothing else may add to the residual
    ends = [n for n in linear if n.endswith(("out_proj", "w_2"))]
    assert len(ends) == 2 * layers, ends
    assert math.isclose(model.embedding.weight.std().item(), 1, rel_tol=0.05)
