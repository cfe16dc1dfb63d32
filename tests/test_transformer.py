"""The Transformer against plain loops, torch's own layers, its uncached self and counting."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from torchnotes import transformer
from torchnotes.initialisation import chi2_p_value
from torchnotes.retnet import FeedForward, RetNet
from torchnotes.rotary import rotate
from torchnotes.transformer import (
    Attention,
    Block,
    KVCache,
    Transformer,
    cache_nbytes,
    causal_attention,
)

TOLERANCE = {torch.float64: 1e-10, torch.float32: 1e-5}
FEW = settings(max_examples=25, deadline=None, derandomize=True)
MODEL = {"vocab_size": 11, "d_model": 24, "num_layers": 3, "num_heads": 4}


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # nets this small are faster so
    yield
    torch.set_num_threads(threads)


def assert_same(actual, expected):
    tolerance = TOLERANCE[actual.dtype]
    torch.testing.assert_close(actual, expected.to(actual.dtype), rtol=tolerance, atol=tolerance)


def loud(module):
    """Let every branch say as much as the residual: a wrong one then shows."""
    for weight in module.parameters():
        nn.init.normal_(weight, std=weight.shape[-1] ** -0.5)
    return module


def attention_loop(q, k, v):
    """softmax(q k^T / sqrt(d_k)) v, one query at a time, no torch attention anywhere."""
    (B, H, T, d_k), (H_kv, S) = q.shape, k.shape[1:3]
    out = torch.zeros(B, H, T, v.shape[3], dtype=q.dtype)
    for b in range(B):
        for h in range(H):
            g = h * H_kv // H
            for t in range(T):
                seen = S - T + t + 1
                scores = [float(q[b, h, t] @ k[b, g, s]) / math.sqrt(d_k) for s in range(seen)]
                weights = [math.exp(score - max(scores)) for score in scores]
                for s in range(seen):
                    out[b, h, t] += weights[s] / sum(weights) * v[b, g, s]
    return out


# --- the attention -------------------------------------------------------------------------------


@FEW
@given(
    H_kv=st.integers(1, 3),
    group=st.integers(1, 3),
    T=st.integers(1, 5),
    earlier=st.integers(0, 4),
    d_k=st.integers(1, 5),
    d_v=st.integers(1, 5),
    dtype=st.sampled_from(list(TOLERANCE)),
    enable_gqa=st.booleans(),
)
def test_attention_is_the_loop(H_kv, group, T, earlier, d_k, d_v, dtype, enable_gqa):
    """For all ways to say it: causal or masked, one query, with and without enable_gqa."""
    S = earlier + T
    q = torch.randn(2, H_kv * group, T, d_k, dtype=torch.float64)
    k = torch.randn(2, H_kv, S, d_k, dtype=torch.float64)
    v = torch.randn(2, H_kv, S, d_v, dtype=torch.float64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transformer, "HAS_ENABLE_GQA", enable_gqa and transformer.HAS_ENABLE_GQA)
        actual = causal_attention(q.to(dtype), k.to(dtype), v.to(dtype))
    assert actual.dtype == dtype
    assert_same(actual, attention_loop(q, k, v))


@pytest.mark.parametrize("num_kv_heads", [1, 2, 4])
def test_attention_module_is_projections_rotations_and_the_loop(num_kv_heads):
    layer = loud(Attention(24, 4, num_kv_heads)).double()
    x = torch.randn(2, 7, 24, dtype=torch.float64)

    def heads(weight):
        """The rows of a weight belong to the heads in turn, six to each."""
        y = torch.stack([x @ rows.T for rows in weight.split(6)], dim=1)
        return y  # (B, heads, T, 6)

    kv = 6 * num_kv_heads
    q, k, v = (heads(weight) for weight in layer.qkv.weight.split([24, kv, kv]))
    for t in range(7):
        at = torch.tensor([t])
        q[:, :, t : t + 1] = rotate(q[:, :, t : t + 1].clone(), at)
        k[:, :, t : t + 1] = rotate(k[:, :, t : t + 1].clone(), at)
    y = attention_loop(q.detach(), k.detach(), v.detach())  # (B, H, T, 6)
    expected = sum(y[:, h] @ layer.out.weight[:, 6 * h : 6 * h + 6].T for h in range(4))
    assert_same(layer(x), expected)


def test_attention_rejects_numbers_that_do_not_divide():
    for arguments in [(24, 5), (12, 4), (24, 4, 3), (24, 4, 0)]:
        with pytest.raises(ValueError, match=r"must divide d_model.*d_model="):
            Attention(*arguments)
    assert Attention(24, 4).num_kv_heads == 4


# --- blocks and the model ------------------------------------------------------------------------


def test_block_without_rotation_is_torchs_encoder_layer(monkeypatch):
    """nn.TransformerEncoderLayer has the same branches in the same order, but no rotary."""
    monkeypatch.setattr(transformer, "turn", lambda x, cos, sin: x)
    block = loud(Block(24, 4)).double()
    layer = nn.TransformerEncoderLayer(
        24, 4, 96, 0.0, "gelu", norm_first=True, bias=False, batch_first=True, dtype=torch.float64
    )
    attention = block.attention
    theirs = {
        "self_attn.in_proj_weight": attention.qkv.weight,
        "self_attn.out_proj.weight": attention.out.weight,
        "linear1.weight": block.feed_forward.w_1.weight,
        "linear2.weight": block.feed_forward.w_2.weight,
        "norm1.weight": torch.ones(24),
        "norm2.weight": torch.ones(24),
    }
    layer.load_state_dict(theirs)
    x = torch.randn(2, 9, 24, dtype=torch.float64)
    mask = nn.Transformer.generate_square_subsequent_mask(9, dtype=torch.float64)
    assert_same(block(x), layer(x, src_mask=mask, is_causal=True))


def test_block_passes_gradcheck():
    block = loud(Block(8, 2, 1)).double()
    x = torch.randn(1, 4, 8, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(block, (x,))


def test_the_model_is_embedding_blocks_norm_and_head():
    model = loud(Transformer(**MODEL)).double()
    tokens = torch.randint(11, (2, 6))
    x = model.embedding.weight[tokens]
    for block in model.blocks:
        x = block(x)
    centred = x - x.mean(-1, keepdim=True)
    x = centred / (centred.square().mean(-1, keepdim=True) + 1e-5).sqrt()
    assert_same(model(tokens), x @ model.head.weight.T)


@pytest.mark.parametrize("num_kv_heads", [None, 2])
def test_no_position_sees_the_future(num_kv_heads):
    """By the derivative: exactly 0 with respect to what comes later, not 0 before."""
    model = loud(Transformer(**MODEL, num_kv_heads=num_kv_heads)).double()
    inputs = []
    model.embedding.register_forward_hook(lambda module, args, out: inputs.append(out))
    logits = model(torch.randint(11, (1, 8)))
    for t in range(8):
        (gradient,) = torch.autograd.grad(logits[0, t].sin().sum(), inputs, retain_graph=True)
        size = gradient[0].abs().sum(-1)  # (T,)
        assert (size[t + 1 :] == 0).all()
        assert (size[: t + 1] > 0).all()


def test_the_order_of_the_past_matters():
    """Without positions, a last token would see a set: one layer could not tell the order."""
    model = loud(Transformer(11, 24, 1, 4)).double()
    forwards, backwards = torch.tensor([[1, 2, 3, 4]]), torch.tensor([[3, 2, 1, 4]])
    gap = (model(forwards) - model(backwards))[0, -1].abs().max()
    assert gap > 1e-3


def test_grouped_queries_are_full_attention_with_repeated_weights():
    grouped, full = Transformer(**MODEL, num_kv_heads=2), Transformer(**MODEL)
    weights = loud(grouped).state_dict()
    for name, weight in weights.items():
        if name.endswith("qkv.weight"):
            query, (k1, k2, v1, v2) = weight[:24], weight[24:].split(6)  # 6 rows to a head
            weights[name] = torch.cat([query, k1, k1, k2, k2, v1, v1, v2, v2])
    full.load_state_dict(weights)
    tokens = torch.randint(11, (2, 13))
    assert_same(grouped.double()(tokens), full.double()(tokens))


@pytest.mark.parametrize("d", [8, 24, 64])
def test_parameter_counts_are_exact(d):
    def count(module):
        return sum(p.numel() for p in module.parameters())

    assert count(FeedForward(d, 4 * d)) == 8 * d * d
    assert count(Attention(d, 4)) == 4 * d * d
    assert count(Attention(d, 4, 1)) == 2 * d * d + 2 * d * (d // 4)
    assert count(Block(d, 4)) == 12 * d * d
    assert count(Transformer(80, d, 3, 4)) == 3 * 12 * d * d + 2 * 80 * d
    assert count(Transformer(80, d, 3, 4)) == count(RetNet(80, d, 3, 4)), "of equal size"


def test_initial_weights_have_the_stated_size():
    model = Transformer(100, 64, 8, 4, 2)
    stated = {"embedding": 1, "qkv": 1 / 8, "out": 1 / 8 / 4, "w_1": 1 / 8, "w_2": 1 / 16 / 4}
    stated["head"] = 1 / 8
    for name, weight in model.named_parameters():
        std = stated[name.split(".")[-2]]
        error = 5 * std / math.sqrt(2 * weight.numel())  # five of its standard errors
        assert abs(weight.std().item() - std) < error, name
        assert abs(weight.mean().item()) < 5 * std / math.sqrt(weight.numel()), name


# --- the cache -----------------------------------------------------------------------------------


@FEW
@given(
    chunks=st.lists(st.integers(1, 5), min_size=1, max_size=5),
    num_kv_heads=st.sampled_from([1, 2, 4]),
    dtype=st.sampled_from(list(TOLERANCE)),
)
def test_cached_logits_are_those_of_one_run(chunks, num_kv_heads, dtype):
    """However the text is cut: a prompt at once, token by token, or anything between."""
    model = loud(Transformer(**MODEL, num_kv_heads=num_kv_heads)).to(dtype)
    tokens = torch.randint(11, (2, sum(chunks)))
    cache = model.new_cache(2, sum(chunks) + 3)
    with torch.no_grad():
        parts = [model(part, cache) for part in tokens.split(chunks, dim=1)]
        assert_same(torch.cat(parts, dim=1), model(tokens))
    assert [layer.length for layer in cache] == [sum(chunks)] * 3


def test_a_cache_keeps_what_is_appended_in_order():
    cache = KVCache(2, 3, 6, 4, torch.float64)
    k, v = torch.randn(2, 2, 3, 6, 4, dtype=torch.float64)
    cache.append(k[:, :, :2], v[:, :, :2])
    keys, values = cache.append(k[:, :, 2:5], v[:, :, 2:5])
    assert torch.equal(keys, k[:, :, :5]) and torch.equal(values, v[:, :, :5])
    assert keys.data_ptr() == cache.keys.data_ptr(), "a view: the past is not copied"
    with pytest.raises(ValueError, match="7 positions in a cache for 6"):
        cache.append(k[:, :, :2], v[:, :, :2])
    assert cache.length == 5
    with pytest.raises(RuntimeError, match="under no_grad"):
        cache.append(k[:, :, :1].requires_grad_(), v[:, :, :1])


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("num_kv_heads", [1, 4])
def test_cache_nbytes_grow_linearly(dtype, num_kv_heads):
    model = Transformer(**MODEL, num_kv_heads=num_kv_heads).to(dtype)
    cache = model.new_cache(5, 40)
    sizes = [cache_nbytes(cache)]
    with torch.no_grad():
        for _ in range(4):
            model(torch.randint(11, (5, 10)), cache)
            sizes.append(cache_nbytes(cache))
    # layers, keys and values, batch, heads, d_k, bytes per number
    per_position = 3 * 2 * 5 * num_kv_heads * 6 * torch.empty(0, dtype=dtype).element_size()
    assert sizes == [10 * n * per_position for n in range(5)]
    storages = [x.untyped_storage().nbytes() for c in cache for x in (c.keys, c.values)]
    assert sum(c.allocated_nbytes for c in cache) == sum(storages) == 40 * per_position


def test_bfloat16_decodes_as_it_reads():
    model = loud(Transformer(**MODEL, num_kv_heads=2)).bfloat16()
    tokens, cache = torch.randint(11, (2, 12)), model.new_cache(2, 12)
    with torch.no_grad():
        steps = torch.cat([model(tokens[:, t : t + 1], cache) for t in range(12)], dim=1)
        whole = model(tokens)
    assert steps.dtype == torch.bfloat16
    relative = (steps - whole).float().norm() / whole.float().norm()
    assert relative < 0.05  # 8 bits of mantissa, three layers


# --- generation ----------------------------------------------------------------------------------


def test_greedy_generation_is_the_argmax_of_the_uncached_model():
    model = loud(Transformer(**MODEL, num_kv_heads=2)).double()
    prompt = torch.randint(11, (3, 4))
    drawn = model.generate(prompt, 9, temperature=0)
    text = prompt
    for _ in range(9):
        text = torch.cat([text, model(text)[:, -1:].argmax(-1)], dim=1)
    assert torch.equal(drawn, text[:, 4:])
    assert model.generate(prompt, 0).shape == (3, 0)


def test_generation_draws_from_the_softmax_at_a_temperature():
    model = loud(Transformer(7, 8, 1, 2))
    prompt, rows = torch.tensor([[1, 2, 3]]), 4000
    generator = torch.Generator().manual_seed(0)
    drawn = model.generate(prompt.expand(rows, 3), 1, temperature=2.0, generator=generator)
    p = (model(prompt)[0, -1].double() / 2).softmax(-1)
    assert chi2_p_value(drawn.flatten().bincount(minlength=7).tolist(), p.tolist()) > 1e-4
    again = model.generate(
        prompt.expand(rows, 3), 1, 2.0, generator=torch.Generator().manual_seed(0)
    )
    assert torch.equal(drawn, again)


def test_generation_rejects_an_empty_prompt():
    model = Transformer(**MODEL)
    with pytest.raises(ValueError, match="a prompt has at least one token"):
        model.generate(torch.zeros(1, 0, dtype=torch.int64), 3)
