"""Retention in three forms that compute the same (Sun et al. 2023, section 2.1).

For one head with decay gamma, position n puts out
    o_n = sum over m <= n of gamma^(n - m) (q_n . k_m) v_m / sqrt(d_k).
The parallel form is quick to train, the recurrent one decodes at a cost that does not
grow, and the chunkwise one is parallel within a chunk and recurrent across them. The
last is here twice: as a loop over the chunks, and with all chunks at once for a GPU.

Throughout: q and k are (B, H, T, d_k) and already rotated, v is (B, H, T, d_v), the
state S is (B, H, d_k, d_v) and log_gamma (H,). Every form takes a state and returns the
next, so that a sequence may be cut anywhere. Inputs of any dtype are computed with in
float32 or, given float64, in float64; the state stays in that dtype, the output returns
to that of v.
"""

import contextlib
import math
from typing import NamedTuple

import torch
from torch import Tensor

FORMS = ("parallel", "recurrent", "chunkwise", "chunks_at_once")


def paper_log_gamma(num_heads: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Return ln gamma_h for gamma_h = 1 - 2^(-5 - h): (num_heads,), on the CPU.

    Sun et al. 2023, Eq. 8: head h forgets over 32, 64, 128, ... positions. In half
    precision gamma itself would round to 1: bfloat16 does so from head 4 on, float16
    from head 7.
    """
    h = torch.arange(num_heads, dtype=torch.float64, device="cpu")
    return torch.log1p(-torch.exp2(-5 - h)).to(dtype)


def spread_log_gamma(
    num_heads: int,
    dtype: torch.dtype = torch.float32,
    shortest: float = 2.0,
    longest: float = 256.0,
) -> Tensor:
    """Return ln gamma_h for horizons 1 / (1 - gamma_h) evenly spread in their logarithm.

    The paper's horizons, 32 tokens and more, were chosen for words. Of characters the last
    two or three decide most, and a head that tells them apart has to forget quickly.

    Args:
        num_heads: H; a single head gets the shortest horizon.
        shortest, longest: of the first and of the last head, in tokens, above 1.

    Returns:
        (H,), on the CPU.
    """
    first, last = -math.log(shortest), -math.log(longest)
    x = torch.linspace(first, last, num_heads, dtype=torch.float64, device="cpu")
    return torch.log1p(-x.exp()).to(dtype)


def experiment_log_gamma(num_heads: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Return ln gamma_h for the gammas from 31/32 to 511/512: (num_heads,), on the CPU.

    1 - exp(linspace(ln 1/32, ln 1/512, num_heads)): Sun et al. 2023, section 3.1, what
    their experiments ran with, however many heads there were. A single head gets 31/32.
    """
    return spread_log_gamma(num_heads, dtype, shortest=32, longest=512)


def _prepare(
    q, k, v, log_gamma, state, mask=None, products: torch.dtype | None = None
) -> tuple[Tensor, ...]:
    """Return q / sqrt(d_k), k, v, log_gamma and the state, all in one dtype.

    Given ``products``, the first three in that one.
    """
    if log_gamma.shape != q.shape[1:2]:
        shape = tuple(log_gamma.shape)
        raise ValueError(f"log_gamma has the shape {shape}, q {q.shape[1]} heads")
    if log_gamma.dtype not in (torch.float32, torch.float64):
        raise ValueError(f"log_gamma is {log_gamma.dtype}: it needs float32 at least")
    dtype = torch.promote_types(v.dtype, torch.float32)
    if mask is not None:
        if state is not None:
            raise ValueError("padding stands before all tokens: it has no state")
        padding = ~mask[:, None, :, None]  # (B, 1, T, 1)
        # both, as 0 times what is not a number is not 0
        k, v = k.masked_fill(padding, 0), v.masked_fill(padding, 0)
    if state is None:
        state = v.new_zeros(*v.shape[:2], k.shape[-1], v.shape[-1], dtype=dtype)
    q, k, v = (x.to(products or dtype) for x in (q, k, v))
    return q / math.sqrt(q.shape[-1]), k, v, log_gamma.to(q.device, dtype), state.to(dtype)


# --- recurrent: Eq. 6 -----------------------------------------------------------------


def retention_recurrent(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_gamma: Tensor,
    state: Tensor | None = None,
    mask: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Compute retention position by position (Sun et al. 2023, Eq. 6).

    S_n = gamma S_(n-1) + k_n^T v_n and o_n = q_n S_n: what is kept does not grow with
    n.

    Args:
        q, k: (B, H, T, d_k), T at least 1.
        v: (B, H, T, d_v).
        log_gamma: (H,), float32 or float64, on any device.
        state: (B, H, d_k, d_v) after the positions before these; None at the start.
        mask: (B, T), False where left padding stands, which then contributes nothing.

    Returns:
        the outputs, (B, H, T, d_v), and the state after the last position.

    Raises:
        ValueError: ``log_gamma`` is in half precision or has another number of heads
            than q, or there is a ``mask`` and a ``state``.
    """
    dtype = v.dtype
    q, k, v, log_gamma, state = _prepare(q, k, v, log_gamma, state, mask)
    gamma = log_gamma.exp()[:, None, None]  # (H, 1, 1)
    outputs = []
    for q_n, k_n, v_n in zip(q.unbind(2), k.unbind(2), v.unbind(2), strict=True):
        # in place on what the product has just made: a step is two passes over the state
        state = (gamma * state).addcmul_(k_n[..., :, None], v_n[..., None, :])
        outputs.append((q_n[..., None, :] @ state).squeeze(-2))  # (B, H, d_v)
    return torch.stack(outputs, dim=2).to(dtype), state


def retention_step(
    q: Tensor, k: Tensor, v: Tensor, log_gamma: Tensor, state: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Compute retention at the next position alone, as decoding does.

    Args:
        q, k: (B, H, d_k).
        v: (B, H, d_v).
        log_gamma, state: as in ``retention_recurrent``.

    Returns:
        the output, (B, H, d_v), and the next state.
    """
    q, k, v = q[:, :, None], k[:, :, None], v[:, :, None]  # T = 1
    out, state = retention_recurrent(q, k, v, log_gamma, state)
    return out[:, :, 0], state


# --- parallel and chunkwise: Eq. 5 and 7 ----------------------------------------------


class Decay(NamedTuple):
    """Powers of gamma for a stretch of T positions (Sun et al. 2023, Eq. 5 and 7)."""

    inner: Tensor  # D, (H, T, T): gamma^(n - m) for m <= n, else 0
    cross: Tensor  # xi, (H, T, 1): gamma^(n + 1), from the state before to position n
    into_state: Tensor  # zeta, (H, T, 1): gamma^(T - 1 - m), from m to the state after
    whole: Tensor  # (H, 1, 1): gamma^T, from the state before to the state after


def decay(length: int, log_gamma: Tensor) -> Decay:
    """Return the powers of gamma for ``length`` positions, in the dtype of log_gamma.

    All exponents are distances of 0 or more. gamma^(n - m) above the diagonal would
    overflow: masked by a product it is not a number, and masked otherwise its gradient.
    """
    log_gamma = log_gamma[:, None, None]  # (H, 1, 1)
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = (n[:, None] - n).clamp(min=0)  # (T, T)
    return Decay(
        inner=torch.exp(log_gamma * distance).tril(),
        cross=torch.exp(log_gamma * (n[:, None] + 1)),
        into_state=torch.exp(log_gamma * (length - 1 - n[:, None])),
        whole=torch.exp(log_gamma * length),
    )


def stretch(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    d: Decay,
    state: Tensor,
) -> tuple[Tensor, Tensor]:
    """Return the outputs of a stretch of positions, (B, H, T, d_v), and the state after it.

    Sun et al. 2023, Eq. 7; the parallel form is one stretch, the chunkwise form several.

    Args:
        q, k: (B, H, T, d_k), the queries divided by sqrt(d_k) already.
        v: (B, H, T, d_v).
        d: ``decay`` of T positions.
        state: before them, (B, H, d_k, d_v).
    """
    inner = ((q @ k.mT) * d.inner) @ v  # (B, H, T, d_v)
    cross = (q @ state) * d.cross  # the state before: R_(i-1), not R_i
    return inner + cross, k.mT @ (v * d.into_state) + d.whole * state


def retention_parallel(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_gamma: Tensor,
    state: Tensor | None = None,
    mask: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Compute retention at all positions at once (Sun et al. 2023, Eq. 5).

    (Q K^T * D) V / sqrt(d_k), and what a state adds. Memory grows with T^2.

    Args, Returns, Raises: as in ``retention_recurrent``.
    """
    dtype = v.dtype
    q, k, v, log_gamma, state = _prepare(q, k, v, log_gamma, state, mask)
    out, state = stretch(q, k, v, decay(q.shape[2], log_gamma), state)
    return out.to(dtype), state


def retention_chunkwise(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_gamma: Tensor,
    state: Tensor | None = None,
    mask: Tensor | None = None,
    *,
    chunk_size: int = 64,
) -> tuple[Tensor, Tensor]:
    """Compute retention chunk by chunk, each in parallel (Sun et al. 2023, Eq. 7).

    The equation as corrected after the first version, with zeta and R_(i-1).

    Time and memory grow with T * chunk_size. The last chunk may be shorter: its zeta is
    then that of its own length.

    Args:
        chunk_size: positions per chunk, 1 or more; any gives the same result.
        others: as in ``retention_recurrent``, and so are Returns and Raises.

    Raises:
        ValueError: ``chunk_size`` is below 1.
    """
    if chunk_size < 1:
        raise ValueError(f"chunk_size is {chunk_size}: a chunk has 1 position or more")
    dtype = v.dtype
    q, k, v, log_gamma, state = _prepare(q, k, v, log_gamma, state, mask)
    outputs, d = [], decay(min(chunk_size, q.shape[2]), log_gamma)
    chunks = (x.split(chunk_size, dim=2) for x in (q, k, v))
    for q_i, k_i, v_i in zip(*chunks, strict=True):
        if q_i.shape[2] < d.inner.shape[-1]:  # the last one
            d = decay(q_i.shape[2], log_gamma)
        out, state = stretch(q_i, k_i, v_i, d, state)
        outputs.append(out)
    return torch.cat(outputs, dim=2).to(dtype), state


def retention_chunks_at_once(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_gamma: Tensor,
    state: Tensor | None = None,
    mask: Tensor | None = None,
    *,
    chunk_size: int = 64,
) -> tuple[Tensor, Tensor]:
    """Compute the chunkwise form with no loop over the chunks (Sun et al. 2023, Eq. 7).

    Eq. 7 is linear in R: the states before all chunks are one triangular product with
    what each chunk adds. So the number of kernels is the same at any length, where the
    loop has a dozen for each chunk, and a GPU waits for their launches. It takes 2 d_k
    d_v N^2 more flops per head for N chunks, and all states are in memory together.

    Under autocast, products take and give its type, whose rounding is that of the
    chunk's own part; the sums over chunks, and the state, stay in float32.

    Args, Returns, Raises: as in ``retention_chunkwise``.
    """
    if chunk_size < 1:
        raise ValueError(f"chunk_size is {chunk_size}: a chunk has 1 position or more")
    dtype = v.dtype
    # cast once here, where autocast would do so before each of the products
    inputs = q, k, v, log_gamma, state, mask
    q, k, v, log_gamma, state = _prepare(*inputs, products=_product_dtype(v))
    q, k, v = q.contiguous(), k.contiguous(), v.contiguous()
    chunk_size = min(chunk_size, q.shape[2])
    whole = q.shape[2] - q.shape[2] % chunk_size
    d = decay(chunk_size, log_gamma)
    chunks = (x[:, :, :whole].unflatten(2, (-1, chunk_size)) for x in (q, k, v))
    out, state = _stretches(*chunks, d, log_gamma, state)
    if whole < q.shape[2]:  # the last chunk is shorter
        rest = (x[:, :, whole:] for x in (q, k, v))
        last, state = stretch(*rest, decay(q.shape[2] - whole, log_gamma), state)
        out = torch.cat((out, last), dim=2)
    return out.to(dtype), state


def _product_dtype(v: Tensor) -> torch.dtype:
    """What products are computed in: float32 or wider, or else what autocast says."""
    dtype = torch.promote_types(v.dtype, torch.float32)
    kind = v.device.type
    return torch.get_autocast_dtype(kind) if dtype == torch.float32 and _autocasts(kind) else dtype


def _autocasts(kind: str) -> bool:
    """Whether autocast is on for such devices; torch raises for "meta", which has none.

    ``is_autocast_available`` would say so, but the compiler of torch 2.11 cannot see through it.
    """
    return kind != "meta" and torch.is_autocast_enabled(kind)


def _stretches(q, k, v, d, log_gamma, state) -> tuple[Tensor, Tensor]:
    """Return ``stretch`` of N equal chunks: (B, H, N * C, d_v), and the state after.

    Args:
        q, k, v: (B, H, N, C, d), in the type that products are computed in.
        d: ``decay`` of C positions, in the type of log_gamma and of the state.
    """
    inner, xi, zeta = (x[:, None].to(q.dtype) for x in d[:3])  # (H, 1, C, C or 1)
    added = (k * zeta).mT @ v  # k^T (v * zeta) of each chunk: (B, H, N, d_k, d_v)
    before = _states_before(added, log_gamma * q.shape[3], state)
    state = added[:, :, -1] + d.whole * before[:, :, -1]
    cross = (q * xi) @ before.to(q.dtype)  # (B, H, N, C, d_v)
    out = ((q @ k.mT) * inner) @ v + cross
    return out.flatten(2, 3), state


def _states_before(added, log_gamma, state) -> Tensor:
    """Return R before each of N chunks, (B, H, N, d_k, d_v), in the dtype of the state.

    R_i = gamma^(C i) R_0 + sum over j < i of gamma^(C (i - 1 - j)) added_j: the decay
    matrix of N positions whose log gamma is C times as large, times R_0 and the added.

    Args:
        added: k^T (v * zeta) of each chunk, (B, H, N, d_k, d_v).
        log_gamma: C log gamma, (H,).
        state: R_0, (B, H, d_k, d_v).
    """
    steps = decay(added.shape[2], log_gamma).inner  # (H, N, N)
    terms = torch.cat((state[:, :, None], added[:, :, :-1].to(state.dtype)), dim=2)
    terms, kind = terms.flatten(3), added.device.type  # (B, H, N, d_k * d_v)
    # autocast would round the sums to 8 bits, and with them all that a chunk adds
    with torch.autocast(kind, enabled=False) if _autocasts(kind) else contextlib.nullcontext():
        before = steps @ terms
    return before.unflatten(3, added.shape[3:])


def retention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_gamma: Tensor,
    state: Tensor | None = None,
    mask: Tensor | None = None,
    *,
    form: str = "parallel",
    chunk_size: int = 64,
) -> tuple[Tensor, Tensor]:
    """Compute retention in the form named.

    Args:
        form: one of ``FORMS``; ``chunk_size`` is for the last two of them.
        others: as in ``retention_recurrent``, and so are Returns and Raises.

    Raises:
        ValueError: ``form`` is none of them.
    """
    if form == "parallel":
        return retention_parallel(q, k, v, log_gamma, state, mask)
    if form == "recurrent":
        return retention_recurrent(q, k, v, log_gamma, state, mask)
    if form == "chunkwise":
        inputs = q, k, v, log_gamma, state, mask
        return retention_chunkwise(*inputs, chunk_size=chunk_size)
    if form == "chunks_at_once":
        inputs = q, k, v, log_gamma, state, mask
        return retention_chunks_at_once(*inputs, chunk_size=chunk_size)
    raise ValueError(f"form is {form!r}, not one of {', '.join(FORMS)}")
