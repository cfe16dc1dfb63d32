"""Linear attention: a kernel in place of softmax makes attention a recurrence.

exp(q.k) is replaced by phi(q).phi(k), and phi(q) can then be taken out of the sum over
the past: what is left is a matrix that grows with neither the length nor the position.
Retention drops the normaliser, and adds a decay and the rotation of q and k.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def widen(x: Tensor) -> Tensor:
    """Return ``x`` in float32, or in float64 as it was: no sum is kept in less."""
    return x.to(torch.promote_types(x.dtype, torch.float32))


def feature_map(x: Tensor) -> Tensor:
    """Return elu(x) + 1 > 0 (Katharopoulos et al. 2020, Eq. 7): the shape of ``x``.

    Written as x + 1 above 0 and exp(x) below: ``F.elu(x) + 1`` would be exactly 0 from
    -17 on in float32, and so might the normaliser be.
    """
    return F.relu(x) + x.clamp(max=0).exp()


def linear_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Return sum_m phi(q_n).phi(k_m) v_m / sum_m phi(q_n).phi(k_m) over m <= n.

    The parallel form (Katharopoulos et al. 2020, section 3.3): all pairs at once.

    Args:
        q, k: (B, H, T, d_k).
        v: (B, H, T, d_v).

    Returns:
        (B, H, T, d_v): for each token a weighted mean of the values so far.
    """
    weights = (feature_map(q) @ feature_map(k).mT).tril()  # (B, H, T, T)
    return weights @ v / weights.sum(-1, keepdim=True)


class LinearAttentionState(NamedTuple):
    """The two sums over the past."""

    S: Tensor  # (B, H, d_k, d_v): sum of phi(k_m)^T v_m
    z: Tensor  # (B, H, d_k): sum of phi(k_m), the normaliser's


def linear_attention_step(
    q: Tensor, k: Tensor, v: Tensor, state: LinearAttentionState
) -> tuple[Tensor, LinearAttentionState]:
    """Return one token's row of ``linear_attention``, and the state after it.

    The recurrent form (Katharopoulos et al. 2020, Eqs. 16 to 20).

    Args:
        q, k: (B, H, d_k).
        v: (B, H, d_v).
        state: after the tokens before.
    """
    q, k = feature_map(q), feature_map(k)
    S = state.S + k[..., :, None] * v[..., None, :]  # (B, H, d_k, d_v)
    z = state.z + k  # (B, H, d_k)
    numerator = (q[..., None, :] @ S).squeeze(-2)  # (B, H, d_v)
    return numerator / (q * z).sum(-1, keepdim=True), LinearAttentionState(S, z)


class LinearAttention(nn.Module):
    """Multi-head causal linear attention (Katharopoulos et al. 2020).

    Args:
        d_model: width; d_k = d_v = d_model / num_heads.
        num_heads: H.

    Raises:
        ValueError: ``num_heads`` does not divide ``d_model``.
    """

    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} channels do not split into {num_heads} heads")
        self.num_heads = num_heads
        self.d_k = d_model // num_heads
        self.in_proj = nn.Linear(d_model, 3 * d_model, bias=False)
        self.out_proj = nn.Linear(d_model, d_model, bias=False)

    def _qkv(self, x: Tensor) -> tuple[Tensor, ...]:  # (..., d_model)
        heads = (3, self.num_heads, self.d_k)  # three times (..., H, d_k)
        return widen(self.in_proj(x)).unflatten(-1, heads).unbind(-3)

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model), as ``x``."""
        q, k, v = (h.transpose(1, 2) for h in self._qkv(x))  # (B, H, T, d_k)
        y = linear_attention(q, k, v).transpose(1, 2).flatten(2)  # (B, T, d_model)
        return self.out_proj(y.to(x.dtype))

    def init_state(self, batch_size: int) -> LinearAttentionState:
        """Return the state before the first token."""
        z = widen(self.in_proj.weight).new_zeros(batch_size, self.num_heads, self.d_k)
        return LinearAttentionState(z[..., None].repeat(1, 1, 1, self.d_k), z)

    def step(
        self,
        x_t: Tensor,
        state: LinearAttentionState,
    ) -> tuple[Tensor, LinearAttentionState]:
        """Return the next token's output, (B, d_model), and the state after it."""
        y, state = linear_attention_step(*self._qkv(x_t), state)  # (B, H, d_k)
        return self.out_proj(y.flatten(1).to(x_t.dtype)), state

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: the same after any ``length``."""
        return self.num_heads * self.d_k * (self.d_k + 1)
