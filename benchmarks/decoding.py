"""One decoding step, arranged for inference: the ways that ``decode.py`` times. No script.

The models are those of ``torchnotes.retnet`` and ``torchnotes.transformer``; the steps use their
weights, without a copy. Every way computes what the model's own step does, up to rounding:

graph      the model's own eager step, its kernels replayed as a CUDA graph
compiled   a layer's functions below, through torch.compile; attention by FlashAttention
cudnn      the same, attention by cuDNN (Transformer alone)
triton     the same, the state's update or attention by the kernels of torchnotes.triton_step
fused      those kernels alone: norms, products, gates and sums, too
autotuned  as triton, torch.compile choosing among kernels; minutes more, so only when asked for
eager      the model's own step as it is, on any device

Compiled are layers, not models: 32 calls of one function compile once. A layer begins with the sum
that the layer before left over (``pending``), so that nothing is lost to the cut between them.
Whatever depends on the context, a cache's view or the rotation, stays outside or has one shape.
"""

import functools
import gc
import math
from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel

from torchnotes import triton_step
from torchnotes.retnet import RetNet
from torchnotes.rotary import turn

HEAD_EPS = 1e-6  # of HeadNorm; LayerNorm's is 1e-5, the functions' default
WAYS = {
    "RetNet": ("graph", "compiled", "triton", "fused"),
    "Transformer": ("graph", "compiled", "cudnn", "triton", "fused"),
}
OPTIONAL = ("autotuned",)
COMPILED = functools.partial(torch.compile, fullgraph=True, dynamic=False)
AUTOTUNED = functools.partial(COMPILED, mode="max-autotune-no-cudagraphs")
Step = Callable[[], Tensor]


class Layer(NamedTuple):
    """A layer's matrices, (out, in) each, all of its input in one."""

    w_in: Tensor  # W_Q, W_K, W_V and, in RetNet, W_G, one below the other
    w_out: Tensor
    w_1: Tensor
    w_2: Tensor


def fuse(model: torch.nn.Module) -> list[Layer]:
    """Return the model's layers with one matrix for all that multiplies a layer's input.

    RetNet's four are copied into one, of which the model's own become views: there is one copy of
    the weights, but for one layer's at a time, and the model computes what it did.

    Raises:
        ValueError: a RetNet with another norm than the default, or without the gate.
    """
    layers = []
    for block in model.blocks:
        if isinstance(model, RetNet):
            part = block.retention
            norm = getattr(part.norm, "kind", None), getattr(part.norm, "eps", None)
            if part.w_g is None or norm != ("layer", HEAD_EPS):
                raise ValueError("only RetNet's default norm and gate have a fused step")
            parts = [part.w_q, part.w_k, part.w_v, part.w_g]
            w_in = torch.cat([linear.weight.detach() for linear in parts])
            rows = [linear.weight.shape[0] for linear in parts]
            for linear, view in zip(parts, w_in.split(rows), strict=True):
                linear.weight.data = view
            w_out = part.w_o.weight
        else:
            w_in, w_out = block.attention.qkv.weight, block.attention.out.weight
        feed_forward = block.feed_forward
        found = w_in, w_out, feed_forward.w_1.weight, feed_forward.w_2.weight
        layers.append(Layer(*(w.detach() for w in found)))
    return layers


# --- a layer, in functions that compile -------------------------------------------------


def _norm(x: Tensor, eps: float = 1e-5) -> Tensor:
    return F.layer_norm(x, x.shape[-1:], eps=eps)


def before(x: Tensor, pending: Tensor, w_in: Tensor) -> tuple[Tensor, Tensor]:
    """Return the residual stream, (B, d_model), and all products of its norm."""
    x = x + pending
    return x, F.linear(_norm(x).to(w_in.dtype), w_in)


def feed_forward(x: Tensor, w_1: Tensor, w_2: Tensor) -> Tensor:
    """Return what the block's second half adds to x: the next layer's ``pending``."""
    return F.linear(F.gelu(F.linear(_norm(x).to(w_1.dtype), w_1)), w_2)


def last(x: Tensor, pending: Tensor, head: Tensor) -> Tensor:
    """Return the logits, (B, V)."""
    return F.linear(_norm(x + pending).to(head.dtype), head)


def retnet_parts(projected: Tensor, state: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return q and k, (B, H, d_k), v, (B, H, d_v), and the gate, (B, H d_v): views."""
    B, H, d_k, d_v = state.shape
    q, k, v, gate = projected.split([H * d_k, H * d_k, H * d_v, H * d_v], dim=1)
    return q.view(B, H, d_k), k.view(B, H, d_k), v.view(B, H, d_v), gate


def retnet_mix(projected: Tensor, state: Tensor, gamma: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Return retention's output, (B, H, d_v); the state, (B, H, d_k, d_v), changes in place."""
    q, k, v, _ = retnet_parts(projected, state)
    q, k = turn(q, cos, sin).to(state.dtype), turn(k, cos, sin).to(state.dtype)
    q = q / math.sqrt(q.shape[-1])
    # a product and a sum, not a matrix product: the compiler can make one pass of it all
    after = gamma[:, None, None] * state + k[..., None] * v.to(state.dtype)[..., None, :]
    state.copy_(after)
    return (q[..., None] * after).sum(-2)


def retnet_after(
    x: Tensor, projected: Tensor, y: Tensor, w_out: Tensor, w_1: Tensor, w_2: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the residual stream and what the feed-forward network adds to it."""
    y = _norm(y, HEAD_EPS).flatten(1).to(w_out.dtype)  # (B, 2 d_model)
    y = F.silu(projected[:, -y.shape[1] :]) * y
    x = x + F.linear(y, w_out)
    return x, feed_forward(x, w_1, w_2)


def retnet_layer(x, pending, layer: Layer, state, gamma, cos, sin) -> tuple[Tensor, Tensor]:
    """The three together, for the compiler to see at once."""
    x, projected = before(x, pending, layer.w_in)
    y = retnet_mix(projected, state, gamma, cos, sin)
    return retnet_after(x, projected, y, layer.w_out, layer.w_1, layer.w_2)


def attention_before(
    x: Tensor,
    pending: Tensor,
    w_in: Tensor,
    cos: Tensor,
    sin: Tensor,
    k_slot: Tensor,
    v_slot: Tensor,
) -> tuple[Tensor, Tensor]:
    """Return the residual stream and the queries, (B, H, d_k); keys and values go to the slots.

    A slot is the cache's view at the position, (B, H_kv, d_k): of one shape at any context.
    """
    x, projected = before(x, pending, w_in)
    H_kv, d_k = k_slot.shape[1:]
    heads = projected.unflatten(1, (-1, d_k))  # (B, H + 2 H_kv, d_k)
    qk, v = heads[:, :-H_kv], heads[:, -H_kv:]
    qk = turn(qk, cos, sin)
    k_slot.copy_(qk[:, -H_kv:])
    v_slot.copy_(v)
    return x, qk[:, :-H_kv].contiguous()


def attention_after(
    x: Tensor, y: Tensor, w_out: Tensor, w_1: Tensor, w_2: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the residual stream and what the feed-forward network adds to it."""
    x = x + F.linear(y.flatten(1), w_out)
    return x, feed_forward(x, w_1, w_2)


def attend(q: Tensor, keys: Tensor, values: Tensor, backend: SDPBackend) -> Tensor:
    """Return PyTorch's attention of one query per head, (B, H, d_k): a group's are rows."""
    rows = q.unflatten(1, (keys.shape[1], -1))  # (B, H_kv, H / H_kv, d_k)
    with sdpa_kernel(backend):
        return F.scaled_dot_product_attention(rows, keys, values).flatten(1, 2)


# --- steps -----------------------------------------------------------------------------


class Engine:
    """A model's layers in one way: what is compiled, is compiled once for all contexts.

    Args:
        model: of ``decode.make_model``.
        layers: ``fuse(model)``, which all ways share.
        way: a key of this module's list, but "eager" and "graph".
        compiler: torch.compile with its options; None: that of the way.
    """

    def __init__(self, model, layers: list[Layer], way: str, compiler=None) -> None:
        if compiler is None:
            compiler = AUTOTUNED if way == "autotuned" else COMPILED
        self.layers, self.way, self.compiler = layers, way, compiler
        self.table = model.embedding.weight.detach()
        self.head = model.head.weight.detach()
        self.last = self.compiled(last)
        if way == "fused":  # of each matrix that multiplies a norm: see linear_step
            self.sums = [tuple(row_sums(w) for w in (a.w_in, a.w_1)) for a in layers]
            self.head_sums = row_sums(self.head)

    def compiled(self, function: Callable) -> Callable:
        """Return the function through the compiler, or as it is where the way has none."""
        return function if self.way == "fused" else self.compiler(function)

    def step(self, tokens: Tensor, run_layer: Callable) -> Tensor:
        """Return the logits, (B, V), of tokens (B,)."""
        # float32, where 64 sums in bfloat16 would add up their roundings: x is small
        x = F.embedding(tokens, self.table).float()
        if self.way == "fused":
            for i in range(len(self.layers)):
                x = run_layer(i, x)
            return triton_step.linear_step(x, self.head, self.head_sums)
        pending = torch.zeros_like(x)
        for i in range(len(self.layers)):
            x, pending = run_layer(i, x, pending)
        return self.last(x, pending, self.head)

    def finish(self, i: int, x: Tensor, y: Tensor) -> Tensor:
        """Return a layer's end in Triton: (B, d_model), the sums included."""
        layer, linear = self.layers[i], triton_step.linear_step
        x = linear(y, layer.w_out, residual=x)
        inner = linear(x, layer.w_1, self.sums[i][1], gelu=True)
        return linear(inner, layer.w_2, residual=x)


class RetNetEngine(Engine):
    """RetNet's step over states that change in place."""

    def __init__(self, model, layers, way, compiler=None) -> None:
        super().__init__(model, layers, way, compiler)
        self.retention = model.blocks[0].retention
        self.log_gamma = self.retention.log_gamma
        if way == "compiled":
            self.layer = self.compiled(retnet_layer)
        else:
            self.before, self.after = self.compiled(before), self.compiled(retnet_after)

    def at(self, tokens: Tensor, states: tuple[Tensor, ...], context: int) -> Step:
        """Return the step after so many positions; tokens (B,), states (B, H, d_k, d_v) each."""
        where = tokens.device
        turns = self.retention.turns(torch.arange(context, context + 1, device=where))
        gamma = self.log_gamma.exp()

        def whole(i: int, x: Tensor, pending: Tensor) -> tuple[Tensor, Tensor]:
            return self.layer(x, pending, self.layers[i], states[i], gamma, *turns)

        def parts(i: int, x: Tensor, pending: Tensor) -> tuple[Tensor, Tensor]:
            layer = self.layers[i]
            x, projected = self.before(x, pending, layer.w_in)
            q, k, v, _ = retnet_parts(projected, states[i])
            y = triton_step.retention_step_(q, k, v, self.log_gamma, states[i], turns)
            return self.after(x, projected, y, layer.w_out, layer.w_1, layer.w_2)

        def fused(i: int, x: Tensor) -> Tensor:
            projected = triton_step.linear_step(x, self.layers[i].w_in, self.sums[i][0])
            q, k, v, gate = retnet_parts(projected, states[i])
            y = triton_step.retention_step_(q, k, v, self.log_gamma, states[i], turns)
            return self.finish(i, x, triton_step.gate_step(y, gate, HEAD_EPS))

        run_layer = {"compiled": whole, "fused": fused}.get(self.way, parts)
        return torch.no_grad()(functools.partial(self.step, tokens, run_layer))


class TransformerEngine(Engine):
    """The Transformer's step over a cache, at a fixed position of it."""

    def __init__(self, model, layers, way, compiler=None) -> None:
        super().__init__(model, layers, way, compiler)
        self.attention = model.blocks[0].attention
        if way != "fused":
            self.before = self.compiled(attention_before)
            self.after = self.compiled(attention_after)
        backend = {"cudnn": SDPBackend.CUDNN_ATTENTION}.get(way, SDPBackend.FLASH_ATTENTION)
        self.attend = functools.partial(attend, backend=backend)
        if way in ("triton", "fused", "autotuned"):
            self.attend = triton_step.attention_step

    def at(self, tokens: Tensor, cache: list, context: int) -> Step:
        """Return the step after so many positions; tokens (B,), the cache from ``new_cache``."""
        where = tokens.device
        turns = self.attention.turns(torch.arange(context, context + 1, device=where))
        slots = [(a.keys[:, :, context], a.values[:, :, context]) for a in cache]
        seen = [(a.keys[:, :, : context + 1], a.values[:, :, : context + 1]) for a in cache]

        def parts(i: int, x: Tensor, pending: Tensor) -> tuple[Tensor, Tensor]:
            layer = self.layers[i]
            x, q = self.before(x, pending, layer.w_in, *turns, *slots[i])
            y = self.attend(q, *seen[i])
            return self.after(x, y, layer.w_out, layer.w_1, layer.w_2)

        def fused(i: int, x: Tensor) -> Tensor:
            projected = triton_step.linear_step(x, self.layers[i].w_in, self.sums[i][0])
            heads = projected.unflatten(1, (-1, self.attention.d_head))
            q = triton_step.place_step(heads, turns, *slots[i])
            return self.finish(i, x, self.attend(q, *seen[i]).flatten(1))

        run_layer = fused if self.way == "fused" else parts
        return torch.no_grad()(functools.partial(self.step, tokens, run_layer))


def row_sums(weight: Tensor) -> Tensor:
    """Return the sums of a matrix's rows in float32, as ``linear_step`` needs them."""
    return weight.sum(1, dtype=torch.float32)


def engine(model, layers: list[Layer], way: str, compiler=None) -> Engine:
    """Return the model's engine for a way."""
    kind = RetNetEngine if isinstance(model, RetNet) else TransformerEngine
    return kind(model, layers, way, compiler)


def impossible(way: str, where: torch.device) -> str:
    """Return why a way cannot run on the device, or "" where it can."""
    if where.type != "cuda":
        return "needs a CUDA device"
    return triton_step.missing(where) if way in ("triton", "fused", "autotuned") else ""


# --- CUDA: graphs and memory ------------------------------------------------------------


@functools.cache
def _side_stream(where: torch.device) -> torch.cuda.Stream:
    """One stream to warm up on: cuBLAS keeps memory for each, which all later rows would count."""
    return torch.cuda.Stream(where)


def capture(step: Step, where: torch.device) -> Callable[[], object]:
    """Return the step as a CUDA graph: one launch in place of hundreds. Elsewhere, itself."""
    if where.type != "cuda":
        return step
    side = _side_stream(where)
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):  # as torch's manual asks: warm up on another stream
        for _ in range(2):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    # thread_local: what a compiler's own threads do meanwhile is no part of it
    with torch.cuda.graph(graph, capture_error_mode="thread_local"):
        step()

    def replay(keep: Step = step) -> None:  # the graph reads the step's tensors
        graph.replay()

    return replay


def peak_bytes(step: Step, where: torch.device) -> int | None:
    """Return the most bytes allocated while the step runs; None on no GPU: nobody counts them."""
    if where.type != "cuda":
        return None
    torch.cuda.synchronize()
    torch.cuda.reset_peak_memory_stats()
    step()
    torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated()


def total_bytes(where: torch.device) -> int | None:
    """Return the device's memory; None on no GPU."""
    return torch.cuda.mem_get_info()[1] if where.type == "cuda" else None


def release(where: torch.device) -> None:
    """Give back all memory that no tensor holds; a graph's and a failed step's come late."""
    gc.collect()
    if where.type == "cuda":
        torch.cuda.empty_cache()
