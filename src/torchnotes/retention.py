"""Retention in three forms that compute the same (Sun et al. 2023, section 2.1).

For one head with decay gamma, position n puts out
    o_n = sum over m <= n of gamma^(n - m) (q_n . k_m) v_m / sqrt(d_k).
The parallel form is quick to train, the recurrent one decodes at a cost that does not
grow, and the chunkwise one is parallel within a chunk and recurrent across them.

Throughout: q and k are (B, H, T, d_k) and already rotated, v is (B, H, T, d_v), the
state S is (B, H, d_k, d_v) and log_gamma (H,). Every form takes a state and returns the
next, so that a sequence may be cut anywhere. Inputs of any dtype are computed with in
float32 or, given float64, in float64; the state stays in that dtype, the output returns
to that of v.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor

FORMS = ("parallel", "recurrent", "chunkwise")


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


def _prepare(q, k, v, log_gamma, state, mask=None) -> tuple[Tensor, ...]:
    """Return q / sqrt(d_k), k, v, log_gamma and the state, all in one dtype."""
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
    q = q.to(dtype) / math.sqrt(q.shape[-1])
    return q, k.to(dtype), v.to(dtype), log_gamma.to(dtype), state.to(dtype)


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
        log_gamma: (H,), float32 or float64.
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
        form: one of ``FORMS``; ``chunk_size`` is for "chunkwise".
        others: as in ``retention_recurrent``, and so are Returns and Raises.

    Raises:
        ValueError: ``form`` is none of the three.
    """
    if form == "parallel":
        return retention_parallel(q, k, v, log_gamma, state, mask)
    if form == "recurrent":
        return retention_recurrent(q, k, v, log_gamma, state, mask)
    if form == "chunkwise":
        inputs = q, k, v, log_gamma, state, mask
        return retention_chunkwise(*inputs, chunk_size=chunk_size)
    raise ValueError(f"form is {form!r}, not one of {', '.join(FORMS)}")
