"""The attention-free transformer: a weighted mean of the past, channel by channel.

Where attention has one weight per pair of tokens and head, AFT has one per token and
channel, e^k, and may multiply it by e^w with a learned w for each pair of positions.
The query only gates.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.relatives.linear_attention import widen

EMPTY = -1e38  # the top of an empty sum; with -inf, inf - inf would be no number


class ExpSum(NamedTuple):
    """sum e^a v and sum e^a, both divided by e^top so that none overflows: (..., d)."""

    top: Tensor
    numerator: Tensor
    denominator: Tensor

    def mean(self) -> Tensor:
        """Return the mean of the values with the weights e^a; ``top`` cancels."""
        return self.numerator / self.denominator


def exp_term(a: Tensor, v: Tensor) -> ExpSum:
    """Return the sum of the one term e^a v: (..., d)."""
    return ExpSum(a, v, torch.ones_like(v))


def merge(x: ExpSum, y: ExpSum) -> ExpSum:
    """Return the sum over the terms of both, on the scale of the larger."""
    top = torch.maximum(x.top, y.top)
    p, q = torch.exp(x.top - top), torch.exp(y.top - top)
    return ExpSum(
        top,
        p * x.numerator + q * y.numerator,
        p * x.denominator + q * y.denominator,
    )


def shift(x: ExpSum, tokens: int) -> ExpSum:
    """Return each position's sum ``tokens`` later; the first are empty: (B, T, d)."""
    pad = (0, 0, tokens, -tokens)
    return ExpSum(F.pad(x.top, pad, value=EMPTY), *(F.pad(s, pad) for s in x[1:]))


def prefix_sums(a: Tensor, v: Tensor, decay: Tensor | float = 0.0) -> ExpSum:
    """Return the sums over i <= t of e^(a_i - (t - i) decay) v_i for all t at once.

    A scan: after each round a position has summed twice as many tokens, so log2 T
    rounds of O(T) do, in parallel (Hillis & Steele 1986).

    Args:
        a, v: (B, T, d).
        decay: a number, or (d,).
    """
    sums, reach = exp_term(a, v), 1
    while reach < a.shape[1]:
        earlier = shift(sums, reach)
        sums = merge(sums, earlier._replace(top=earlier.top - reach * decay))
        reach *= 2
    return sums


class AFTSimple(nn.Module):
    """AFT-simple, without biases: sigmoid(q) * mean of v (Zhai et al. 2021).

    Args:
        d_model: width.
    """

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.in_proj = nn.Linear(d_model, 3 * d_model)
        self.out_proj = nn.Linear(d_model, d_model)

    def _qkv(self, x: Tensor) -> tuple[Tensor, ...]:
        return widen(self.in_proj(x)).chunk(3, -1)

    def _output(self, q: Tensor, mean: Tensor, x: Tensor) -> Tensor:
        return self.out_proj((torch.sigmoid(q) * mean).to(x.dtype))

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model), as ``x``."""
        q, k, v = self._qkv(x)  # (B, T, d_model)
        return self._output(q, prefix_sums(k, v).mean(), x)

    def init_state(self, batch_size: int) -> ExpSum:
        """Return the sum over no tokens: three times (B, d_model)."""
        d_model = self.out_proj.in_features
        zeros = widen(self.out_proj.weight).new_zeros(batch_size, d_model)
        return ExpSum(zeros + EMPTY, zeros, zeros)

    def step(self, x_t: Tensor, state: ExpSum) -> tuple[Tensor, ExpSum]:
        """Return the next token's output, (B, d_model), and the state after it."""
        q, k, v = self._qkv(x_t)  # (B, d_model)
        state = merge(state, exp_term(k, v))
        return self._output(q, state.mean(), x_t), state

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: the same after any ``length``."""
        return 3 * self.out_proj.in_features


class AFTLocalState(NamedTuple):
    """The tokens that a bias can still reach, and the sum over those that none can."""

    past: ExpSum  # (B, d_model) each
    keys: Tensor  # (B, r, d_model), r <= window
    values: Tensor  # (B, r, d_model)
    position: int  # of the next token


class AFTLocal(AFTSimple):
    """AFT with a learned bias w[t, t'] for near pairs of positions (Zhai et al. 2021).

    Written out, the parallel form has (B, d_model, T, T) weights. Two products of
    matrices, e^w with e^k v and with e^k, need no such tensor, but there e^k may
    overflow.

    Args:
        d_model: width.
        max_length: positions that have a bias.
        window: pairs at a distance below this have a bias of their own, others 0;
            None, for AFT-full, gives every pair one.

    Raises:
        ValueError: a sequence is longer than ``max_length``, or ``window`` is below 1.
    """

    def __init__(
        self,
        d_model: int,
        max_length: int,
        window: int | None = None,
    ) -> None:
        super().__init__(d_model)
        self.window = max_length if window is None else window
        if self.window < 1:
            raise ValueError(f"window must be at least 1, not {window}")
        self.bias = nn.Parameter(0.01 * torch.randn(max_length, max_length))  # w[t, t']

    def _check(self, length: int) -> None:
        if length > len(self.bias):
            raise ValueError(f"{length} tokens, but biases for {len(self.bias)} only")

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model), as ``x``."""
        T = x.shape[1]
        self._check(T)
        q, k, v = self._qkv(x)  # (B, T, d_model)
        t = torch.arange(T, device=x.device)
        distance = t[:, None] - t  # (T, T)
        w = torch.where(distance < self.window, widen(self.bias)[:T, :T], 0.0)
        w = w.masked_fill(distance < 0, -torch.inf)
        weights = (k.mT[:, :, None] + w).softmax(-1)  # (B, d_model, T, T)
        mean = (weights @ v.mT[..., None]).squeeze(-1).mT  # (B, T, d_model)
        return self._output(q, mean, x)

    def init_state(self, batch_size: int) -> AFTLocalState:
        """Return the state before the first token."""
        past = super().init_state(batch_size)
        none = past.numerator[:, None][:, :0]  # (B, 0, d_model)
        return AFTLocalState(past, none, none, 0)

    def step(self, x_t: Tensor, state: AFTLocalState) -> tuple[Tensor, AFTLocalState]:
        """Return the next token's output, (B, d_model), and the state after it."""
        past, keys, values, t = state
        self._check(t + 1)
        q, k, v = self._qkv(x_t)  # (B, d_model)
        keys = torch.cat([keys, k[:, None]], 1)  # (B, r, d_model)
        values = torch.cat([values, v[:, None]], 1)
        if keys.shape[1] > self.window:  # no bias reaches the oldest any more
            past = merge(past, exp_term(keys[:, 0], values[:, 0]))
            keys, values = keys[:, 1:], values[:, 1:]
        a = keys + widen(self.bias)[t, t + 1 - keys.shape[1] : t + 1, None]
        top = a.amax(1)
        e = torch.exp(a - top[:, None])  # (B, r, d_model)
        sums = merge(past, ExpSum(top, (e * values).sum(1), e.sum(1)))
        state = AFTLocalState(past, keys, values, t + 1)
        return self._output(q, sums.mean(), x_t), state

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: up to the window, they grow."""
        return (3 + 2 * min(length, self.window)) * self.out_proj.in_features
