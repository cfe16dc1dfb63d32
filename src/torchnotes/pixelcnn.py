"""Masked convolutions, and the gated PixelCNN: a prior over grids of codes, with exact log p.

Positions are in reading order: row by row, each row from the left. p(codes) is the product over
positions of p(code | the codes before it), and one pass of convolutions gives all the factors.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.losses import code_counts


def causal_mask(kind: str, kernel_size: int) -> Tensor:
    """Return the kernel's mask, (kernel_size, kernel_size): 1 where it may look, else 0.

    Args:
        kind: "A" hides the position itself, as the first layer must; "B" shows it.
        kernel_size: odd.
    """
    mask = torch.zeros(kernel_size, kernel_size)
    centre = kernel_size // 2
    mask[:centre] = 1
    mask[centre, : centre + (kind == "B")] = 1
    return mask


class MaskedConv2d(nn.Conv2d):
    """A convolution that sees only positions before its own, and with kind "B" its own.

    (van den Oord et al. 2016, "Pixel recurrent neural networks".) A stack of these has a blind
    spot: to the right of a position, rows above it that no path of kernels reaches.
    """

    def __init__(self, kind: str, in_channels: int, out_channels: int, kernel_size: int) -> None:
        super().__init__(in_channels, out_channels, kernel_size, padding=kernel_size // 2)
        self.register_buffer("mask", causal_mask(kind, kernel_size))

    def forward(self, x: Tensor) -> Tensor:  # (B, C, H, W)
        return self._conv_forward(x, self.weight * self.mask, self.bias)


class GatedLayer(nn.Module):
    """One layer of the gated PixelCNN (van den Oord et al. 2016, figure 2): no blind spot.

    Of its two stacks, the vertical one sees whole rows: those above its position. The horizontal
    one sees what stands left of it in its row, and at each layer reads the vertical one. A mask
    that keeps a rectangle is a smaller kernel padded on one side: no work is spent on zeros.

    Args:
        channels: of both stacks, in and out.
        kernel_size: odd: the vertical kernel spans kernel_size columns and kernel_size // 2 + 1
            rows, the horizontal one kernel_size // 2 + 1 columns.
        first: whether the input still has each position's own code, which must stay hidden.
    """

    def __init__(self, channels: int, kernel_size: int, first: bool) -> None:
        super().__init__()
        self.reach, self.first = kernel_size // 2, first
        # a first layer may not look at its own row (vertical) or position (horizontal)
        size = self.reach + (not first)
        self.vertical = nn.Conv2d(channels, 2 * channels, (size, kernel_size))
        self.horizontal = nn.Conv2d(channels, 2 * channels, (1, size))
        self.down = nn.Conv2d(2 * channels, 2 * channels, 1)  # vertical to horizontal
        self.out = nn.Conv2d(channels, channels, 1)
        self.context = nn.Conv2d(channels, 4 * channels, 1)

    def forward(self, v: Tensor, h: Tensor, context: Tensor) -> tuple[Tensor, Tensor]:
        """Return the next v and h; all are (B, channels, H, W), or broadcast to it."""
        r = self.reach
        up, left = F.pad(v, (r, r, r, 0)), F.pad(h, (r, 0))
        if self.first:
            up, left = up[:, :, :-1], left[:, :, :, :-1]
        new_v = self.vertical(up)  # (B, 2 * channels, H, W)
        new_h = self.horizontal(left) + self.down(new_v)
        for_v, for_h = self.context(context).chunk(2, dim=1)
        new_h = self.out(gate(new_h + for_h))
        return gate(new_v + for_v), new_h if self.first else h + new_h


def gate(x: Tensor) -> Tensor:
    """Return tanh(a) sigmoid(b) for the halves a and b of the channels."""
    a, b = x.chunk(2, dim=1)
    return torch.tanh(a) * torch.sigmoid(b)


class PixelCNN(nn.Module):
    """p(codes), or p(codes | label, map), for grids of codes (van den Oord et al. 2016).

    Args:
        num_codes: K.
        size: (H, W) of a grid.
        channels: of each stack.
        layers: each lets a position see kernel_size // 2 rows and columns further.
        kernel_size: odd.
        num_classes: how many labels to condition on, 0 for none.
        map_channels: channels of the (B, C, H, W) map to condition on, 0 for none.
        dropout: share of the features before the last layers that training drops.
    """

    def __init__(
        self,
        num_codes: int,
        size: tuple[int, int],
        *,
        channels: int = 32,
        layers: int = 4,
        kernel_size: int = 5,
        num_classes: int = 0,
        map_channels: int = 0,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.size = size
        self.embed = nn.Embedding(num_codes, channels)
        # what is likely depends on where: the pictures are centred
        self.position = nn.Parameter(torch.zeros(1, channels, *size))
        self.label = nn.Embedding(num_classes, channels) if num_classes else None
        self.map = nn.Conv2d(map_channels, channels, 1) if map_channels else None
        self.layers = nn.ModuleList(
            GatedLayer(channels, kernel_size, first=i == 0) for i in range(layers)
        )
        self.head = nn.Sequential(
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Conv2d(channels, 2 * channels, 1),
            nn.ReLU(),
            nn.Conv2d(2 * channels, num_codes, 1),
        )

    def forward(
        self, codes: Tensor, label: Tensor | None = None, given: Tensor | None = None
    ) -> Tensor:
        """Return the logits of every position given the codes before it, (B, K, H, W).

        Args:
            codes: (B, H, W) int64. The first rows alone, (B, h, W), give the logits of these.
            label: (B,) int64, if the model has classes.
            given: the map to condition on, (B, map_channels, H, W), if the model has one.

        Raises:
            ValueError: a label or a map is missing, or not expected.
        """
        if (label is None) != (self.label is None) or (given is None) != (self.map is None):
            raise ValueError("pass a label, or a map, exactly if the model was made with one")
        rows = codes.shape[1]
        context = self.position[:, :, :rows]
        if label is not None:
            context = context + self.label(label)[:, :, None, None]
        if given is not None:
            context = context + self.map(given[:, :, :rows])
        v = h = self.embed(codes).movedim(-1, 1)  # (B, channels, h, W)
        for layer in self.layers:
            v, h = layer(v, h, context)
        return self.head(h)

    def log_prob(
        self, codes: Tensor, label: Tensor | None = None, given: Tensor | None = None
    ) -> Tensor:
        """Return log p(codes | label, given) in nats, exactly: (B,). Arguments as ``forward``."""
        logits = self(codes, label, given)
        return -F.cross_entropy(logits, codes, reduction="none").flatten(1).sum(1)

    def losses(self, codes: Tensor) -> dict[str, Tensor]:
        """Return the mean of -log p in nats per grid, as ``"loss"``, for ``training.fit``."""
        return {"loss": -self.log_prob(codes).mean()}

    @torch.no_grad()
    def sample(
        self,
        n: int,
        label: Tensor | None = None,
        given: Tensor | None = None,
    ) -> Tensor:
        """Draw n grids, (n, H, W) int64, code by code in reading order.

        One pass per position. Switch to ``eval()`` first if the model has dropout.
        """
        height, width = self.size
        codes = torch.zeros(n, *self.size, dtype=torch.int64).to(self.position.device)
        for i in range(height):
            for j in range(width):
                logits = self(codes[:, : i + 1], label, given)[:, :, i, j]  # (n, K)
                codes[:, i, j] = torch.multinomial(logits.softmax(1), 1)[:, 0]
        return codes


class FactorizedPrior(nn.Module):
    """p(codes) with independent positions: each has its own frequencies, counted and smoothed.

    Args:
        codes: the training grids, (N, H, W) int64.
        num_codes: K.
        smoothing: added to every count, so that no code is impossible.
    """

    def __init__(self, codes: Tensor, num_codes: int, smoothing: float = 1.0) -> None:
        super().__init__()
        counts = torch.stack([code_counts(c, num_codes) for c in codes.flatten(1).T])  # (H * W, K)
        p = (counts + smoothing) / (counts + smoothing).sum(1, keepdim=True)
        self.size = tuple(codes.shape[1:])
        self.register_buffer("log_p", p.log())

    def log_prob(self, codes: Tensor) -> Tensor:
        """Return log p(codes) in nats: (B,)."""
        flat = codes.flatten(1)  # (B, H * W)
        return self.log_p.T.gather(0, flat).sum(1)

    def sample(self, n: int) -> Tensor:
        """Draw n grids, (n, H, W) int64."""
        draws = torch.multinomial(self.log_p.exp(), n, replacement=True)  # (H * W, n)
        return draws.T.reshape(n, *self.size)


class Conditioned(nn.Module):
    """A PixelCNN together with the codes, labels and maps that it trains on, for ``training.fit``.

    ``fit(Conditioned(prior, codes, labels), torch.arange(len(codes)), ...)``: the "images" are the
    rows, and a batch of rows picks codes and conditions together.

    Args:
        prior: a ``PixelCNN``, trained in place.
        codes: (N, H, W) int64.
        labels: (N,) int64, or ``None``.
        maps: (N, C, H, W), or ``None``.
    """

    def __init__(
        self,
        prior: PixelCNN,
        codes: Tensor,
        labels: Tensor | None = None,
        maps: Tensor | None = None,
    ) -> None:
        super().__init__()
        self.prior, self.data = prior, (codes, labels, maps)

    def log_prob(self, rows: Tensor) -> Tensor:
        """Return log p of these rows' codes given their conditions, in nats: (B,)."""
        return self.prior.log_prob(*(t if t is None else t[rows] for t in self.data))

    def losses(self, rows: Tensor) -> dict[str, Tensor]:
        """Return the mean of -log p in nats per grid, as ``"loss"``."""
        return {"loss": -self.log_prob(rows).mean()}


def bits_per_image(log_probs: Tensor) -> float:
    """Return the mean number of bits that a prior needs for a grid: log_probs in nats, (N,)."""
    return -float(log_probs.double().mean()) / math.log(2)
