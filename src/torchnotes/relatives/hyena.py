"""Hyena: gates, and convolutions as long as the sequence whose filters a net computes.

Such a filter has no recurrence behind it. Training costs O(T log T), but to decode a
token is a sum over everything before it: the state grows as a Transformer's cache does.
"""

import itertools
import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.relatives.h3 import ShiftSSM
from torchnotes.relatives.linear_attention import widen
from torchnotes.relatives.s4d import causal_convolution

ORDER = 2  # long convolutions, each followed by a gate
SINE_FREQUENCY = 10.0  # of the net's activation; a slower one is too smooth


class ImplicitFilter(nn.Module):
    """Filters as a function of time: a net on features of t, times a decaying window.

    Its parameters do not grow with the length (Poli et al. 2023, section 3.3).

    Args:
        channels: of each of ORDER filters.
        max_length: the time unit. Longer filters exist, but the net extrapolates.
        bands: sines and cosines among the features, beside t itself.
        width: of the net's two hidden layers.
    """

    def __init__(
        self,
        channels: int,
        max_length: int,
        bands: int = 4,
        width: int = 32,
    ) -> None:
        super().__init__()
        self.channels, self.max_length, self.bands = channels, max_length, bands
        sizes = [1 + 2 * bands, width, width, ORDER * channels]
        pairs = itertools.pairwise(sizes)
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in pairs)
        # The fastest channel falls to 1% in 0.3 max_length, the slowest in 1.5.
        rates = -math.log(0.01) / torch.linspace(0.3, 1.5, channels)
        self.register_buffer("rates", rates)

    def forward(self, t: Tensor) -> Tensor:
        """Return the filters at the positions ``t``: (n,) -> (ORDER, n, channels)."""
        rates = widen(self.rates)  # in half precision neighbouring t would be the same
        t = t.to(rates)[:, None] / self.max_length  # (n, 1)
        angles = 2 * math.pi * t * torch.arange(1, self.bands + 1, device=t.device)
        h = torch.cat([t, angles.cos(), angles.sin()], -1)  # (n, 1 + 2 bands)
        for i, layer in enumerate(self.layers):
            h = torch.sin(SINE_FREQUENCY * h) if i else h
            h = F.linear(h, widen(layer.weight), widen(layer.bias))
        h = h.unflatten(-1, (ORDER, self.channels)).transpose(0, 1)
        return h * torch.exp(-rates * t)  # (ORDER, n, channels)


class HyenaState(NamedTuple):
    """All the past, and the filters so far, which all sequences share."""

    short: Tensor  # (B, short_size - 1, 3 d_model)
    past: Tensor  # (ORDER, B, t, d_model): what each long filter has convolved
    filters: Tensor  # (ORDER, t, d_model)


class Hyena(nn.Module):
    """Hyena of order 2: y = x2 * (h2 conv (x1 * (h1 conv v))).

    Poli et al. 2023, definition 3.1. v, x1 and x2 are projections behind a short
    convolution. The authors' code has one long convolution less than the order says:
    there v meets the first gate at once.

    Args:
        d_model: width.
        max_length, bands, width: as in ``ImplicitFilter``.
        short_size: inputs that the short convolution sees.
    """

    def __init__(
        self,
        d_model: int,
        max_length: int,
        bands: int = 4,
        width: int = 32,
        short_size: int = 3,
    ) -> None:
        super().__init__()
        self.in_proj = nn.Linear(d_model, (1 + ORDER) * d_model)
        self.short = ShiftSSM((1 + ORDER) * d_model, short_size)
        self.filter = ImplicitFilter(d_model, max_length, bands, width)
        self.out_proj = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model), as ``x``."""
        z, *gates = self.short(self.in_proj(x)).chunk(1 + ORDER, -1)  # (B, T, d_model)
        filters = self.filter(torch.arange(x.shape[1], device=x.device))
        for h, gate in zip(filters, gates, strict=True):
            z = gate * causal_convolution(z, h)
        return self.out_proj(z.to(x.dtype))

    def init_state(self, batch_size: int) -> HyenaState:
        """Return the state before the first token: no past."""
        short = self.short.init_state(batch_size)
        past = short.new_zeros(ORDER, batch_size, 0, self.out_proj.in_features)
        return HyenaState(short, past, past[:, 0])

    def step(self, x_t: Tensor, state: HyenaState) -> tuple[Tensor, HyenaState]:
        """Return the next token's output, (B, d_model), and its state: O(t) work."""
        u, short = self.short.step(self.in_proj(x_t), state.short)
        z, *gates = u.chunk(1 + ORDER, -1)  # (B, d_model)
        t = torch.tensor([state.filters.shape[1]], device=x_t.device)
        filters = torch.cat([state.filters, self.filter(t)], 1)  # one row longer
        pasts = []
        for h, gate, past in zip(filters, gates, state.past, strict=True):
            pasts.append(torch.cat([past, z[:, None]], 1))  # (B, t + 1, d_model)
            z = gate * (h.flip(0) * pasts[-1]).sum(1)  # the latest meets h[0]
        state = HyenaState(short, torch.stack(pasts), filters)
        return self.out_proj(z.to(x_t.dtype)), state

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: they grow with ``length``."""
        past = ORDER * length * self.out_proj.in_features
        return self.short.state_size(length) + past
