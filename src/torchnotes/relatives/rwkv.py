"""RWKV's time mixing: AFT whose biases are an exponential decay, and so a recurrence.

The decay is one number per channel, and what is kept is a weighted mean per channel:
the state is a vector, where retention's is a matrix per head. It trains in parallel all
the same.
"""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.relatives.aft import EMPTY, ExpSum, exp_term, merge, prefix_sums, shift
from torchnotes.relatives.linear_attention import widen


def wkv(k: Tensor, v: Tensor, decay: Tensor, bonus: Tensor) -> Tensor:
    """Return the weighted mean of the values so far, for all tokens at once.

    The weight of v_i at token t is e^(k_i - (t - 1 - i) decay) for i < t and e^(k_t +
    bonus) for the token itself (Peng et al. 2023).

    Args:
        k, v: (B, T, d).
        decay: (d,), positive.
        bonus: (d,).

    Returns:
        (B, T, d).
    """
    past = shift(prefix_sums(k, v, decay), 1)  # what token t - 1 leaves behind
    return merge(past, exp_term(k + bonus, v)).mean()


def wkv_step(
    k: Tensor, v: Tensor, decay: Tensor, bonus: Tensor, past: ExpSum
) -> tuple[Tensor, ExpSum]:
    """Return one token's row of ``wkv``, and the sums after it.

    ``past.top`` is the exponent up to which the sums are scaled, so that no e^k is ever
    formed (Peng et al. 2023).

    Args:
        k, v: (B, d).
        decay, bonus: (d,).
        past: over the tokens before, (B, d) each.
    """
    y = merge(past, exp_term(k + bonus, v)).mean()
    faded = past._replace(top=past.top - decay)
    return y, merge(faded, exp_term(k, v))


class RWKVState(NamedTuple):
    """The token before, for the token shift, and the sums of ``wkv_step``."""

    x: Tensor  # (B, d_model)
    past: ExpSum  # (B, d_model) each


class RWKV(nn.Module):
    """Time mixing of RWKV-4, initialised as its first layer (Peng et al. 2023).

    Each of r, k and v sees a mix of the token and the one before (token shift). The
    receptance r gates, as AFT's query does.

    Args:
        d_model: width.
    """

    def __init__(self, d_model: int) -> None:
        super().__init__()
        ramp = torch.linspace(0, 1, d_model)
        zigzag = (torch.arange(d_model) + 1) % 3 - 1  # neighbours start out unequal
        self.log_decay = nn.Parameter(8 * ramp**0.7 - 5)
        self.bonus = nn.Parameter(0.5 * zigzag + math.log(0.3))
        self.mix = nn.Parameter(torch.stack([ramp / 2, ramp, ramp]))  # of r, k, v
        self.receptance = nn.Linear(d_model, d_model, bias=False)
        self.key = nn.Linear(d_model, d_model, bias=False)
        self.value = nn.Linear(d_model, d_model, bias=False)
        self.out_proj = nn.Linear(d_model, d_model, bias=False)

    def _rkv(self, x: Tensor, before: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        for_r, for_k, for_v = (mix * x + (1 - mix) * before for mix in self.mix)
        r, k, v = self.receptance(for_r), self.key(for_k), self.value(for_v)
        return torch.sigmoid(widen(r)), widen(k), widen(v)

    def _weights(self) -> tuple[Tensor, Tensor]:
        return widen(self.log_decay).exp(), widen(self.bonus)

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model), as ``x``."""
        before = F.pad(x, (0, 0, 1, -1))  # token shift; nothing before the first
        r, k, v = self._rkv(x, before)  # (B, T, d_model)
        return self.out_proj((r * wkv(k, v, *self._weights())).to(x.dtype))

    def init_state(self, batch_size: int) -> RWKVState:
        """Return the state before the first token."""
        zeros = widen(self.key.weight).new_zeros(batch_size, self.key.in_features)
        return RWKVState(zeros, ExpSum(zeros + EMPTY, zeros, zeros))

    def step(self, x_t: Tensor, state: RWKVState) -> tuple[Tensor, RWKVState]:
        """Return the next token's output, (B, d_model), and the state after it."""
        r, k, v = self._rkv(x_t, state.x.to(x_t.dtype))  # (B, d_model)
        y, past = wkv_step(k, v, *self._weights(), state.past)
        return self.out_proj((r * y).to(x_t.dtype)), RWKVState(widen(x_t), past)

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: the same after any ``length``.

        Four per channel. A whole block keeps a fifth, the token shift of its channel
        mixing.
        """
        return 4 * self.key.in_features
