"""The paper's three normalisers of retention, which a norm with eps 0 takes out again.

Sun et al. 2023, section 2.2. They hold the numbers of a long sum within what float16
can tell apart; the model of ``torchnotes.retnet`` sums in float32 and leaves them out.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from torchnotes.retention import retention


class NormalisedState(NamedTuple):
    """What ``retention_normalised`` carries from one call to the next."""

    retention: Tensor  # (B, H, d_k, d_v + 1)
    row_sum: Tensor  # (H,): sum of the last row of D


def retention_normalised(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_gamma: Tensor,
    state: NormalisedState | None = None,
    *,
    form: str = "parallel",
    chunk_size: int = 64,
) -> tuple[Tensor, NormalisedState]:
    """Compute retention with the paper's normalisers (Sun et al. 2023, section 2.2).

    Q K^T / sqrt(d_k); each row of D divided by the root of its sum; each row of the
    product R of those two by max(|its sum|, 1). The last two multiply position n's
    output by a positive number, which a norm of that output with eps 0 takes out again.

    All forms need only a column of ones in V: its output is the sum of R's row.
    torchscale's sums |R| in its parallel form, which no state of fixed size can do.

    Args:
        q, k, v, log_gamma, form, chunk_size: as in ``retention``.
        state: what an earlier call returned.

    Returns:
        the outputs, (B, H, T, d_v), and the next state.
    """
    log_gamma = log_gamma.to(q.device)
    start = NormalisedState(None, torch.zeros_like(log_gamma))
    before = start if state is None else state
    dtype = torch.promote_types(v.dtype, torch.float32)
    ones = torch.ones_like(v[..., :1], dtype=dtype)
    v_and_ones = torch.cat((v.to(dtype), ones), dim=-1)  # (B, H, T, d_v + 1)
    inputs = q, k, v_and_ones, log_gamma, before.retention
    out, after = retention(*inputs, form=form, chunk_size=chunk_size)
    n = torch.arange(q.shape[2], dtype=dtype, device=q.device)
    log_gamma = log_gamma.to(dtype)[:, None]  # (H, 1)
    # 1 + gamma + ... + gamma^n, and what the positions before add to it
    row_sum = torch.exp(log_gamma * n).cumsum(-1)  # (H, T)
    past = before.row_sum.to(dtype)[:, None]  # (H, 1)
    row_sum = row_sum + torch.exp(log_gamma * (n + 1)) * past
    out = out / row_sum.sqrt()[..., None]  # the second normaliser
    out = out[..., :-1] / out[..., -1:].abs().clamp(min=1)  # the third
    return out.to(v.dtype), NormalisedState(after, row_sum[:, -1])
