"""One decoding step's kernels in Triton: nothing moves through memory twice.

Decoding reads each weight once per token, and RetNet its state, which it writes back.
PyTorch's own kernels pass over the state more often, and every norm is a launch. These
compute what ``retention_step``, ``HeadNorm`` and ``causal_attention`` do, for one
position. They need a GPU, or Triton's interpreter (``TRITON_INTERPRET=1``, set before
triton is first imported).

Triton is imported when a kernel is first used: elsewhere torchnotes does without.
"""

from __future__ import annotations  # tl.constexpr is looked up when tl is there

import functools
import math
import os

import torch
from torch import Tensor

tl = None  # triton.language, from the first kernel on: kernels look it up in here
PROGRAMS_PER_CORE = 8  # of attention: enough that the last ones leave few cores idle
SHARED_MEMORY = 220 << 10  # of a Hopper core, in bytes, with some to spare


def missing(device: torch.device | str) -> str:
    """Return why no kernel runs on that device, or "" where they do."""
    try:
        import triton  # noqa: F401
    except ImportError:
        return "triton is not installed"
    if torch.device(device).type == "cuda" or _interpreted():
        return ""
    return f"triton has no kernels for {torch.device(device).type}"


def _interpreted() -> bool:
    return os.environ.get("TRITON_INTERPRET", "0") not in ("", "0")


@functools.cache
def _jit(kernel):
    global tl
    try:
        import triton
        import triton.language
    except ImportError as error:
        raise RuntimeError(
            "the Triton kernels need the package triton, which comes with PyTorch for "
            "CUDA on Linux: use torchnotes.retention.retention_step without it"
        ) from error
    tl = triton.language
    return triton.jit(kernel)


def _need_powers_of_2(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1 or size & (size - 1):
            raise ValueError(f"{name} is {size}: the kernel needs a power of 2")


# --- retention ------------------------------------------------------------------------


def retention_step_(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_gamma: Tensor,
    state: Tensor,
    turns: tuple[Tensor, Tensor] | None = None,
) -> Tensor:
    """Compute retention at the next position, changing the state in place.

    S = gamma S + k^T v, then o = q S / sqrt(d_k) (Sun et al. 2023, Eq. 6). The state is
    read once and written once: 8 B H d_k d_v bytes.

    Args:
        q, k: (B, H, d_k), the last dimension contiguous, d_k a power of 2.
        v: (B, H, d_v), likewise.
        log_gamma: (H,) float32.
        state: (B, H, d_k, d_v) float32, contiguous; after the call that of this
            position. d_v is a power of 2.
        turns: ``rotation`` of the position, (1, d_k / 2) float32 each: q and k are
            turned as they are read. None: they are turned already.

    Returns:
        the outputs, (B, H, d_v) float32.

    Raises:
        ValueError: another dtype, layout or size than these.
        RuntimeError: triton is missing.
    """
    B, H, d_k, d_v = state.shape
    if state.dtype != torch.float32 or not state.is_contiguous():
        raise ValueError("the state must be float32 and contiguous")
    if log_gamma.dtype != torch.float32 or log_gamma.shape != (H,):
        raise ValueError(f"log_gamma must be ({H},) float32")
    shapes = {"q": (q, d_k), "k": (k, d_k), "v": (v, d_v)}
    for name, (x, width) in shapes.items():
        if x.shape != (B, H, width) or x.stride(-1) != 1:
            raise ValueError(f"{name} must be {(B, H, width)}, its rows contiguous")
    _need_powers_of_2(d_k=d_k, d_v=d_v)
    cos, sin = (log_gamma, log_gamma) if turns is None else turns  # else never read
    if turns is not None and not (cos.numel() == sin.numel() == d_k // 2):
        raise ValueError(f"turns must hold {d_k // 2} angles, those of one position")
    out = torch.empty(B, H, d_v, dtype=torch.float32, device=state.device)
    # 32 numbers are 128 bytes, a full line; 8 k numbers a program are 64 registers a
    # thread, all loads of which are under way at once
    block_v = min(32, d_v)
    _jit(_retention_kernel)[(B * H, d_v // block_v)](
        q,
        k,
        v,
        log_gamma,
        state,
        cos,
        sin,
        out,
        1 / math.sqrt(d_k),
        H,
        *q.stride()[:2],
        *k.stride()[:2],
        *v.stride()[:2],
        D_K=d_k,
        D_V=d_v,
        BLOCK_V=block_v,
        TURN=turns is not None,
        num_warps=4,
    )
    return out


def _retention_kernel(
    q,
    k,
    v,
    log_gamma,
    state,
    cos,
    sin,
    out,
    scale,
    num_heads,
    q_batch,
    q_head,
    k_batch,
    k_head,
    v_batch,
    v_head,
    D_K: tl.constexpr,
    D_V: tl.constexpr,
    BLOCK_V: tl.constexpr,
    TURN: tl.constexpr,
):
    row = tl.program_id(0)  # a head of a sequence; all of d_k, so that o needs no other
    b, h = row // num_heads, row % num_heads
    i = tl.arange(0, D_K)
    j = tl.program_id(1) * BLOCK_V + tl.arange(0, BLOCK_V)
    # 64 bits: the states of a large batch have more than 2^31 bytes
    at = state + row.to(tl.int64) * (D_K * D_V) + i[:, None] * D_V + j[None, :]
    s = tl.load(at)
    q_at, k_at = q + b * q_batch + h * q_head, k + b * k_batch + h * k_head
    q_i, k_i = tl.load(q_at + i).to(tl.float32), tl.load(k_at + i).to(tl.float32)
    v_j = tl.load(v + b * v_batch + h * v_head + j).to(tl.float32)
    if TURN:  # (a, b) -> (a cos - b sin, b cos + a sin): i ^ 1 is the neighbour
        c, z = tl.load(cos + i // 2), tl.load(sin + i // 2)
        z = tl.where(i % 2 == 0, -z, z)
        q_i = q_i * c + tl.load(q_at + (i ^ 1)).to(tl.float32) * z
        k_i = k_i * c + tl.load(k_at + (i ^ 1)).to(tl.float32) * z
    s = tl.exp(tl.load(log_gamma + h)) * s + k_i[:, None] * v_j[None, :]
    tl.store(at, s)
    o = tl.sum((q_i * scale)[:, None] * s, axis=0)
    tl.store(out + row * D_V + j, o)


def gate_step(y: Tensor, gate: Tensor, eps: float = 1e-6) -> Tensor:
    """Return swish(gate) * norm(y), each head normalised (Sun et al. 2023, Eq. 8).

    Args:
        y: (B, H, d_v), contiguous, d_v a power of 2.
        gate: (B, H d_v), its rows contiguous.
        eps: of ``HeadNorm``, kind "layer".

    Returns:
        (B, H d_v) in the gate's dtype.
    """
    B, H, d_v = y.shape
    _need_powers_of_2(d_v=d_v)
    if gate.shape != (B, H * d_v) or gate.stride(1) != 1 or not y.is_contiguous():
        raise ValueError(f"gate must be {(B, H * d_v)}, its rows and y contiguous")
    out = torch.empty(B, H * d_v, dtype=gate.dtype, device=y.device)
    _jit(_gate_kernel)[(B * H,)](y, gate, out, H, gate.stride(0), eps, D_V=d_v)
    return out


def _gate_kernel(y, gate, out, num_heads, gate_batch, eps, D_V: tl.constexpr):
    row = tl.program_id(0)
    b, h = row // num_heads, row % num_heads
    j = tl.arange(0, D_V)
    y_j = tl.load(y + row * D_V + j).to(tl.float32)
    g = tl.load(gate + b * gate_batch + h * D_V + j).to(tl.float32)
    y_j -= tl.sum(y_j, axis=0) / D_V
    y_j *= 1 / tl.sqrt(tl.sum(y_j * y_j, axis=0) / D_V + eps)
    tl.store(out + row * D_V + j, y_j * g / (1 + tl.exp(-g)))


# --- products with a weight -----------------------------------------------------------


def linear_step(
    x: Tensor,
    weight: Tensor,
    sums: Tensor | None = None,
    *,
    gelu: bool = False,
    residual: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Return f(norm(x) W^T) + residual for few rows, (B, N), in one kernel.

    The norm is taken after the product: (x - mean) W^T = x W^T - mean * sums, so that
    it costs no pass of its own.

    Args:
        x: (B, K), contiguous, B at most 64; it is multiplied in the weight's dtype.
        weight: (N, K), contiguous; K and N multiples of 16.
        sums: of the weight's rows, (N,) float32: x is normalised as by ``LayerNorm``
            without weights. None: it is not.
        gelu: whether f is GELU.
        residual: (B, N), contiguous, or None.
        eps: of the norm.

    Returns:
        (B, N) in the residual's dtype, or without one in the weight's.

    Raises:
        ValueError: other sizes or layouts than these.
    """
    (B, K), N = x.shape, weight.shape[0]
    if B > 64 or K % 16 or N % 16 or weight.shape[1] != K:
        raise ValueError(f"no kernel for {tuple(x.shape)} and {tuple(weight.shape)}")
    for tensor in (x, weight, residual):
        if tensor is not None and not tensor.is_contiguous():
            raise ValueError("x, weight and residual must be contiguous")
    dtype = weight.dtype if residual is None else residual.dtype
    out = torch.empty(B, N, dtype=dtype, device=x.device)
    rows = max(16, 1 << (B - 1).bit_length())

    def launch(block_n: int, block_k: int, warps: int, stages: int) -> None:
        _jit(_linear_kernel)[(N // block_n,)](
            x,
            weight,
            out if sums is None else sums,  # what a flag leaves out is never read
            out if residual is None else residual,
            out,
            B,
            N,
            K,
            eps,
            ROWS=rows,
            BLOCK_N=block_n,
            BLOCK_K=block_k,
            NORM=sums is not None,
            GELU=gelu,
            ADD=residual is not None,
            num_warps=warps,
            num_stages=stages,
        )

    sizes = x.element_size(), weight.element_size()
    key = (x.device.type, rows, N, K, sizes, sums is None, gelu, residual is None)
    launch(*_fastest(key, tilings(rows, N, K, *sizes), launch))
    return out


def tilings(
    rows: int, N: int, K: int, x_size: int, weight_size: int
) -> list[tuple[int, int, int, int]]:
    """Return (BLOCK_N, BLOCK_K, warps, stages) that divide N and K and fit on a core.

    The sizes are bytes of a number.
    """
    tried = (
        (32, 128, 4, 5),
        (16, 256, 4, 5),
        (32, 256, 4, 4),
        (64, 128, 4, 5),
        (64, 256, 8, 3),
        (64, 128, 4, 4),  # where the last ones are too large
        (128, 128, 8, 4),
        (128, 64, 8, 4),
    )
    found = []
    for block_n, block_k, warps, stages in tried:
        block_n, block_k = math.gcd(block_n, N), math.gcd(block_k, K)
        tile = (block_n * weight_size + rows * x_size) * block_k
        choice = block_n, block_k, warps, stages
        if tile * stages <= SHARED_MEMORY and choice not in found:
            found.append(choice)
    return found


_FASTEST: dict[tuple, tuple] = {}


def _fastest(key: tuple, choices: list[tuple], launch) -> tuple:
    """Return the fastest choice, timed at the first call; on no GPU the first one."""
    if key not in _FASTEST:
        if key[0] == "cuda" and not _interpreted():
            import triton
            from triton.testing import do_bench

            ms, errors = {}, []
            for choice in choices:
                try:
                    ms[choice] = do_bench(functools.partial(launch, *choice), warmup=5, rep=25)
                except triton.OutOfResources as error:  # of a core: another choice needs less
                    errors.append(error)
            if not ms:
                raise errors[0]
            _FASTEST[key] = min(ms, key=ms.get)
        else:
            _FASTEST[key] = choices[0]
    return _FASTEST[key]


def _linear_kernel(
    x,
    weight,
    sums,
    residual,
    out,
    B,
    N,
    K,
    eps,
    ROWS: tl.constexpr,
    BLOCK_N: tl.constexpr,
    BLOCK_K: tl.constexpr,
    NORM: tl.constexpr,
    GELU: tl.constexpr,
    ADD: tl.constexpr,
):
    m, k = tl.arange(0, ROWS), tl.arange(0, BLOCK_K)
    n = tl.program_id(0) * BLOCK_N + tl.arange(0, BLOCK_N)
    there = m[:, None] < B  # a product of matrices has 16 rows at least
    x_at = x + m[:, None] * K + k[None, :]
    w_at = weight + n[None, :].to(tl.int64) * K + k[:, None]  # W^T
    y = tl.zeros((ROWS, BLOCK_N), dtype=tl.float32)
    total = tl.zeros((ROWS,), dtype=tl.float32)
    squares = tl.zeros((ROWS,), dtype=tl.float32)
    for start in range(0, K, BLOCK_K):
        x_k = tl.load(x_at + start, mask=there, other=0.0)
        w_k = tl.load(w_at + start)
        x_k = x_k.to(w_k.dtype)
        y = tl.dot(x_k, w_k, y, input_precision="ieee")
        if NORM:  # of the numbers that are multiplied
            wide = x_k.to(tl.float32)
            total += tl.sum(wide, axis=1)
            squares += tl.sum(wide * wide, axis=1)
    if NORM:
        mean = total / K
        scale = 1 / tl.sqrt(squares / K - mean * mean + eps)
        y = (y - mean[:, None] * tl.load(sums + n)[None, :]) * scale[:, None]
    if GELU:
        y = 0.5 * y * (1 + tl.erf(y * 0.7071067811865476))
    at = m[:, None] * N + n[None, :]
    if ADD:
        y += tl.load(residual + at, mask=there, other=0.0).to(tl.float32)
    tl.store(out + at, y, mask=there)


# --- attention, of what RetNet is compared with ---------------------------------------


def place_step(
    heads: Tensor, turns: tuple[Tensor, Tensor], k_slot: Tensor, v_slot: Tensor
) -> Tensor:
    """Turn a position's queries and keys, and write its keys and values to the cache.

    Args:
        heads: (B, H + 2 H_kv, d_k), contiguous: queries, keys, values. d_k is a power
            of 2.
        turns: ``rotation`` of the position, (1, d_k / 2) each.
        k_slot, v_slot: (B, H_kv, d_k), views of the cache at the position.

    Returns:
        the queries, turned, (B, H, d_k).
    """
    B, H_all, d_k = heads.shape
    H_kv = k_slot.shape[1]
    H = H_all - 2 * H_kv
    _need_powers_of_2(d_k=d_k)
    if k_slot.stride() != v_slot.stride() or k_slot.stride(2) != 1:
        raise ValueError("the slots must be laid out alike, their rows contiguous")
    if not heads.is_contiguous():
        raise ValueError("heads must be contiguous")
    q = torch.empty(B, H, d_k, dtype=heads.dtype, device=heads.device)
    strides = k_slot.stride()[:2]
    arguments = heads, *turns, q, k_slot, v_slot, H, H_kv, *strides
    _jit(_place_kernel)[(B, H_all)](*arguments, D=d_k, num_warps=1)
    return q


def _place_kernel(
    heads,
    cos,
    sin,
    q,
    keys,
    values,
    num_heads,
    num_kv_heads,
    slot_batch,
    slot_head,
    D: tl.constexpr,
):
    b, h = tl.program_id(0).to(tl.int64), tl.program_id(1)
    i = tl.arange(0, D)
    at = heads + (b * (num_heads + 2 * num_kv_heads) + h) * D
    x = tl.load(at + i)
    z = tl.load(sin + i // 2)
    z = tl.where(i % 2 == 0, -z, z)
    turned = x.to(tl.float32) * tl.load(cos + i // 2)
    turned += tl.load(at + (i ^ 1)).to(tl.float32) * z
    slot = b * slot_batch + i
    if h < num_heads:
        tl.store(q + (b * num_heads + h) * D + i, turned)
    elif h < num_heads + num_kv_heads:
        tl.store(keys + slot + (h - num_heads) * slot_head, turned)
    else:
        tl.store(values + slot + (h - num_heads - num_kv_heads) * slot_head, x)


def attention_step(q: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return softmax(q K^T / sqrt(d_k)) V for one query per head: as ``q``.

    The keys are cut into stretches that different programs read, each with the softmax
    of its own; a second kernel puts them together (Dao et al. 2023, Flash-Decoding). A
    group's queries are rows of one product, so that no key is read twice.

    Args:
        q: (B, H, d_k), contiguous, d_k a power of 2 and at least 16.
        keys, values: (B, H_kv, S, d_k), rows contiguous, as a cache's first S
            positions; H / H_kv at most 16.

    Raises:
        ValueError: other sizes or layouts than these.
    """
    (B, H, d_k), (H_kv, S) = q.shape, keys.shape[1:3]
    group = H // H_kv
    _need_powers_of_2(d_k=d_k)
    if d_k < 16 or group > 16 or H % H_kv:
        raise ValueError(f"no kernel for {group} queries of {d_k} for a key")
    if keys.stride() != values.stride() or keys.stride()[2:] != (d_k, 1):
        raise ValueError("keys and values must be laid out alike, rows contiguous")
    if not q.is_contiguous():
        raise ValueError("q must be contiguous")
    chunk = stretch_length(B * H_kv, S, _cores(q.device))
    splits = -(-S // chunk)
    shape = B * H_kv, splits, group
    partial = torch.empty(*shape, d_k, dtype=torch.float32, device=q.device)
    # of a stretch: the largest score, and the sum of exponentials above it
    top = torch.empty(shape, dtype=torch.float32, device=q.device)
    mass, out = torch.empty_like(top), torch.empty_like(q)
    strides = keys.stride()[:2]
    arguments = q, keys, values, partial, top, mass, 1 / math.sqrt(d_k), S, chunk
    _jit(_attention_kernel)[(B * H_kv, splits)](
        *arguments,
        H_kv,
        *strides,
        GROUP=group,
        ROWS=16,
        D=d_k,
        BLOCK_S=64,
        num_warps=4,
        num_stages=3,
    )
    rounded = 1 << (splits - 1).bit_length()
    arguments = partial, top, mass, out, splits
    _jit(_combine_kernel)[(B * H,)](*arguments, GROUP=group, D=d_k, SPLITS=rounded)
    return out


def stretch_length(heads: int, length: int, cores: int) -> int:
    """Return how many keys a program of ``attention_step`` reads: a multiple of 64.

    At least 256, and at most 128 stretches, whatever the number of heads.
    """
    splits = max(1, -(-PROGRAMS_PER_CORE * cores // heads))
    chunk = max(-(-length // min(splits, 128)), 256)
    return -(-chunk // 64) * 64


@functools.cache
def _cores(device: torch.device) -> int:
    if device.type != "cuda":
        return 4
    return torch.cuda.get_device_properties(device).multi_processor_count


def _attention_kernel(
    q,
    keys,
    values,
    partial,
    top,
    mass,
    scale,
    length,
    chunk,
    num_kv_heads,
    kv_batch,
    kv_head,
    GROUP: tl.constexpr,
    ROWS: tl.constexpr,
    D: tl.constexpr,
    BLOCK_S: tl.constexpr,
):
    row, split = tl.program_id(0), tl.program_id(1)
    b, h = (row // num_kv_heads).to(tl.int64), row % num_kv_heads
    r, d, s = tl.arange(0, ROWS), tl.arange(0, D), tl.arange(0, BLOCK_S)
    there = r < GROUP
    q_at = q + row * (GROUP * D) + r[:, None] * D + d[None, :]
    q_r = tl.load(q_at, mask=there[:, None], other=0.0)
    base = b * kv_batch + h * kv_head
    k_at = keys + base + s[None, :] * D + d[:, None]  # K^T
    v_at = values + base + s[:, None] * D + d[None, :]
    first = split * chunk
    last = tl.minimum(first + chunk, length)
    best = tl.full((ROWS,), float("-inf"), dtype=tl.float32)
    total = tl.zeros((ROWS,), dtype=tl.float32)
    y = tl.zeros((ROWS, D), dtype=tl.float32)
    for start in range(first, last, BLOCK_S):
        inside = start + s < last
        k_s = tl.load(k_at + start * D, mask=inside[None, :], other=0.0)
        scores = tl.dot(q_r, k_s, input_precision="ieee") * scale
        scores = tl.where(inside[None, :], scores, float("-inf"))
        now = tl.maximum(best, tl.max(scores, axis=1))
        keep = tl.exp(best - now)
        p = tl.exp(scores - now[:, None])
        v_s = tl.load(v_at + start * D, mask=inside[:, None], other=0.0)
        y = tl.dot(p.to(v_s.dtype), v_s, y * keep[:, None], input_precision="ieee")
        total = total * keep + tl.sum(p, axis=1)
        best = now
    place = (row * tl.num_programs(1) + split) * GROUP + r
    tl.store(top + place, best, mask=there)
    tl.store(mass + place, total, mask=there)
    tl.store(partial + place[:, None] * D + d[None, :], y, mask=there[:, None])


def _combine_kernel(
    partial,
    top,
    mass,
    out,
    splits,
    GROUP: tl.constexpr,
    D: tl.constexpr,
    SPLITS: tl.constexpr,
):
    head = tl.program_id(0)
    s, d = tl.arange(0, SPLITS), tl.arange(0, D)
    there = s < splits
    place = (head // GROUP * splits + s) * GROUP + head % GROUP
    best = tl.load(top + place, mask=there, other=float("-inf"))
    share = tl.exp(best - tl.max(best, axis=0))
    total = tl.sum(share * tl.load(mass + place, mask=there, other=0.0), axis=0)
    at = partial + place[:, None] * D + d[None, :]
    y = tl.sum(share[:, None] * tl.load(at, mask=there[:, None], other=0.0), axis=0)
    tl.store(out + head * D + d, y / total)
