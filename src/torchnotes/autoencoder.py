"""The backbone that every model of the dVAE chapter shares, and the plainest of them.

Images go in and come out as (B, 1, 28, 28); between them stands a grid of 7 by 7 positions. The
models of the chapter differ in what they put at each position (numbers, a distribution, a code),
so that their comparison is about that alone.
"""

import torch.nn.functional as F
from torch import Tensor, nn

GRID = 7  # two strides of 2: 28 -> 14 -> 7


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(relu(x)))): the same shape out as in (He et al. 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, width, kernel_size=3, padding=1)
        self.project = nn.Conv2d(width, width, kernel_size=1)

    def forward(self, x: Tensor) -> Tensor:  # (B, width, H, W)
        return x + self.project(F.relu(self.conv(F.relu(x))))


class Encoder(nn.Sequential):
    """(B, 1, 28, 28) -> (B, out_channels, 7, 7).

    Args:
        out_channels: what the bottleneck asks of each of the 49 positions.
        width: channels of the layers in between.
    """

    def __init__(self, out_channels: int, width: int = 32) -> None:
        super().__init__(
            nn.Conv2d(1, width // 2, kernel_size=4, stride=2, padding=1),  # 28 -> 14
            nn.ReLU(),
            nn.Conv2d(width // 2, width, kernel_size=4, stride=2, padding=1),  # 14 -> 7
            ResidualBlock(width),
            nn.ReLU(),
            nn.Conv2d(width, out_channels, kernel_size=1),
        )


class Decoder(nn.Sequential):
    """(B, in_channels, 7, 7) -> (B, out_channels, 28, 28), any real number.

    The first layer mixes the channels of one position and nothing else. Fed with one-hot codes,
    it picks a column of its weight: it is the dVAE's codebook.
    """

    def __init__(self, in_channels: int, width: int = 32, out_channels: int = 1) -> None:
        super().__init__(
            nn.Conv2d(in_channels, width, kernel_size=1),
            ResidualBlock(width),
            nn.ReLU(),
            nn.ConvTranspose2d(width, width // 2, kernel_size=4, stride=2, padding=1),  # 7 -> 14
            nn.ReLU(),
            nn.ConvTranspose2d(width // 2, out_channels, kernel_size=4, stride=2, padding=1),
        )


class AutoEncoder(nn.Module):
    """Encode each image to 49 vectors of ``channels`` numbers, and decode them again.

    Args:
        channels: numbers per position; an image becomes 49 * channels of them.
        width: as in ``Encoder``.
    """

    def __init__(self, channels: int = 4, width: int = 32) -> None:
        super().__init__()
        self.encoder = Encoder(channels, width)
        self.decoder = Decoder(channels, width)

    def forward(self, x: Tensor) -> Tensor:
        """Return the reconstruction, (B, 1, 28, 28)."""
        return self.decoder(self.encoder(x))

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Return the batch's mean squared error per pixel, to be minimised, as ``"loss"``."""
        return {"loss": F.mse_loss(self(x), x)}
