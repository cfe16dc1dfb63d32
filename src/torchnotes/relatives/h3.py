"""H3: two state space models and two products, in the place of attention's q, k and v.

A state space model alone cannot compare tokens. H3 multiplies a shifted k with v, which
can store a token under the one before it, carries the products along, and reads them
with q.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

from torchnotes.relatives.linear_attention import widen
from torchnotes.relatives.s4d import DiagonalSSM, causal_convolution


class ShiftSSM(nn.Module):
    """A state space model whose A shifts: its state is the last few inputs.

    C weighs them: it is the kernel itself, and the model a short convolution per
    channel.

    Args:
        channels: how many models, each with its own C.
        size: how many inputs it sees, the present one included.
    """

    def __init__(self, channels: int, size: int = 4) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(size, channels) / math.sqrt(size))

    def forward(self, u: Tensor) -> Tensor:
        """Convolve whole sequences: (B, T, channels) to the same."""
        return causal_convolution(widen(u), widen(self.weight))

    def init_state(self, batch_size: int) -> Tensor:
        """Return the inputs before the first: zeros, (B, size - 1, channels)."""
        size, channels = self.weight.shape
        return widen(self.weight).new_zeros(batch_size, size - 1, channels)

    def step(self, u_t: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Return one token's output, with the shape of ``u_t``, and the next state."""
        inputs = torch.cat([state, widen(u_t)[:, None]], 1)  # (B, size, channels)
        return (widen(self.weight).flip(0) * inputs).sum(1), inputs[:, 1:]

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: the same after any ``length``."""
        size, channels = self.weight.shape
        return (size - 1) * channels


class H3State(NamedTuple):
    """The states of the two models."""

    shift: Tensor  # (B, shift_size - 1, d_model)
    diagonal: Tensor  # (B, d_h, d_h, H, N/2), complex


class H3(nn.Module):
    """q * SSM_diagonal(SSM_shift(k) v^T), head by head (Fu et al. 2023, algorithm 1).

    Args:
        d_model: width.
        num_heads: H; a head of d_h = d_model / H channels carries d_h x d_h products
            along, all with the same model. RetNet's authors compare with d_h = 8.
        d_state: real numbers of state per product.
        shift_size: inputs that the shift model sees.

    Raises:
        ValueError: ``num_heads`` does not divide ``d_model``.
    """

    def __init__(
        self, d_model: int, num_heads: int, d_state: int = 16, shift_size: int = 4
    ) -> None:
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} channels do not split into {num_heads} heads")
        self.heads = (num_heads, d_model // num_heads)
        self.in_proj = nn.Linear(d_model, 3 * d_model)
        self.shift = ShiftSSM(d_model, shift_size)
        self.diagonal = DiagonalSSM(num_heads, d_state)
        self.out_proj = nn.Linear(d_model, d_model)

    def _split(self, *xs: Tensor) -> list[Tensor]:  # to (..., H, d_h) each
        return [x.unflatten(-1, self.heads) for x in xs]

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model), as ``x``."""
        q, k, v = widen(self.in_proj(x)).chunk(3, -1)  # (B, T, d_model)
        q, k, v = self._split(q, self.shift(k), v)  # (B, T, H, d_h)
        kv = torch.einsum("bthi,bthj->bijth", k, v)
        y = torch.einsum("bthi,bijth->bthj", q, self.diagonal(kv))
        return self.out_proj(y.flatten(2).to(x.dtype))

    def init_state(self, batch_size: int) -> H3State:
        """Return the state before the first token."""
        d_h = self.heads[1]
        diagonal = self.diagonal.init_state(batch_size, d_h, d_h)
        return H3State(self.shift.init_state(batch_size), diagonal)

    def step(self, x_t: Tensor, state: H3State) -> tuple[Tensor, H3State]:
        """Return the next token's output, (B, d_model), and the state after it."""
        q, k, v = widen(self.in_proj(x_t)).chunk(3, -1)  # (B, d_model)
        k, shift = self.shift.step(k, state.shift)
        q, k, v = self._split(q, k, v)  # (B, H, d_h)
        kv = torch.einsum("bhi,bhj->bijh", k, v)
        kv, diagonal = self.diagonal.step(kv, state.diagonal)
        y = torch.einsum("bhi,bijh->bhj", q, kv).flatten(1)  # (B, d_model)
        return self.out_proj(y.to(x_t.dtype)), H3State(shift, diagonal)

    def state_size(self, length: int) -> int:
        """Return the real numbers kept per sequence: the same after any ``length``."""
        num_heads, d_h = self.heads
        products = num_heads * d_h**2
        return self.shift.state_size(length) + products * self.diagonal.d_state
