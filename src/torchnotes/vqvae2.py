"""A VQ-VAE of two levels: 49 top codes for the whole, 196 bottom codes for the detail."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.autoencoder import GRID, Decoder, Encoder, ResidualBlock
from torchnotes.losses import code_counts, gaussian_nll, perplexity
from torchnotes.vq import Quantized, VectorQuantizer

BOTTOM_GRID = 2 * GRID  # 14


class VQVAE2(nn.Module):
    """Quantise a 7 by 7 map, decode it to 14 by 14, and quantise what it leaves to say.

    The top path is the chapter's VQ-VAE up to its last layer. The bottom level encodes the
    features of the first layer, 14 by 14, knowing the decoded top, and the last layers decode both
    (Razavi et al. 2019, algorithm 1, for 28 x 28 in place of 256 x 256).

    Trained on that alone, as in the paper, the top may be ignored: 196 codes say it all. So the top
    gets a picture, and a reconstruction loss, of its own; Jukebox meets the same collapse by
    training its levels apart (Dhariwal et al. 2020, section 3.2).

    Its prior is uniform, (49 + 196) ln K nats for every image, until a second stage learns one:
    p(top) and p(bottom | top).

    Args:
        num_codes: K, of each of the two codebooks.
        dim: D, numbers per code.
        width: as in ``Encoder``.
        commitment, options: as in ``VectorQuantizer``.
        top_picture: whether the top has a picture of its own in the loss; the paper's has not.
    """

    def __init__(
        self,
        num_codes: int = 64,
        dim: int = 16,
        width: int = 32,
        commitment: float = 0.25,
        *,
        top_picture: bool = True,
        **options: float | bool,
    ) -> None:
        super().__init__()
        half = width // 2
        encoder, decoder = Encoder(dim, width), Decoder(dim, width)
        self.features = nn.Sequential(*list(encoder)[:2])  # (B, 1, 28, 28) -> (B, half, 14, 14)
        self.to_top = nn.Sequential(*list(encoder)[2:])  # -> (B, dim, 7, 7)
        self.top = VectorQuantizer(num_codes, dim, commitment, **options)
        self.from_top = nn.Sequential(*list(decoder)[:-1])  # -> (B, half, 14, 14)
        self.top_picture = decoder[-1] if top_picture else None  # -> (B, 1, 28, 28)
        self.to_bottom = nn.Sequential(
            nn.Conv2d(2 * half, width, kernel_size=1),
            ResidualBlock(width),
            nn.ReLU(),
            nn.Conv2d(width, dim, kernel_size=1),
        )
        self.bottom = VectorQuantizer(num_codes, dim, commitment, **options)
        self.from_both = nn.Sequential(
            nn.Conv2d(half + dim, width, kernel_size=1),
            ResidualBlock(width),
            nn.ReLU(),
            nn.ConvTranspose2d(width, 1, kernel_size=4, stride=2, padding=1),  # 14 -> 28
        )
        # ln of the pixels' noise around the picture of both and around that of the top, fitted
        self.register_buffer("log_scale", torch.tensor(-1.0))
        self.register_buffer("log_scale_top", torch.tensor(-1.0))

    def forward(self, x: Tensor) -> Tensor:
        """Return the reconstruction, (B, 1, 28, 28), with straight-through gradients."""
        return self._forward(x)[0]

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Return the batch's mean loss and its parts, as ``VQVAE.losses`` does, for two levels.

        The loss is nll + nll_top + codebook + commitment weight * commitment; ``codebook`` and
        ``commitment`` are sums over the levels, and ``nll_top``, of the top's own picture, is 0
        without one. ``perplexity_top`` and ``perplexity_bottom`` are those of the batch's codes.
        """
        mean, above, top, bottom = self._forward(x)
        mse = F.mse_loss(mean.detach(), x)
        nll = self._nll(x, mean, self.log_scale)
        nll_top = torch.zeros_like(nll)
        if self.top_picture is not None:
            nll_top = self._nll(x, self.top_picture(above), self.log_scale_top)
        num_codes = len(self.top.codebook)
        return {
            "loss": (nll + nll_top + self.top.loss(top) + self.bottom.loss(bottom)).mean(),
            "nll": nll.mean(),
            "nll_top": nll_top.mean(),
            "codebook": (top.codebook_loss + bottom.codebook_loss).mean(),
            "commitment": (top.commitment_loss + bottom.commitment_loss).mean(),
            "mse": mse,
            "perplexity_top": perplexity(code_counts(top.codes, num_codes)),
            "perplexity_bottom": perplexity(code_counts(bottom.codes, num_codes)),
        }

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return the top and the bottom codes, (B, 7, 7) and (B, 14, 14), int64."""
        h = self.features(x)
        top = self.top.encode(self.to_top(h))
        above = self.from_top(self.top.decode(top))
        return top, self.bottom.encode(self.to_bottom(torch.cat([h, above], dim=1)))

    def decode(self, codes: tuple[Tensor, Tensor]) -> Tensor:
        """Return the mean picture of codes as ``encode`` returns them: (B, 1, 28, 28)."""
        top, bottom = codes
        return self.decode_vectors(self.top.decode(top), self.bottom.decode(bottom))

    def decode_vectors(self, top: Tensor, bottom: Tensor) -> Tensor:
        """Return the picture of code vectors, (B, D, 7, 7) and (B, D, 14, 14): (B, 1, 28, 28)."""
        return self.from_both(torch.cat([self.from_top(top), bottom], dim=1))

    def decode_top(self, top: Tensor) -> Tensor:
        """Return the picture that the top codes, (B, 7, 7), make by themselves: (B, 1, 28, 28).

        Raises:
            ValueError: the model was made with ``top_picture=False``.
        """
        if self.top_picture is None:
            raise ValueError("the top has no picture of its own: top_picture=False")
        return self.top_picture(self.from_top(self.top.decode(top)))

    def reconstruct(self, x: Tensor) -> Tensor:
        """Return decode(encode(x)), (B, 1, 28, 28)."""
        return self.decode(self.encode(x))

    def bound(self, x: Tensor) -> Tensor:
        """Return -log p(x | codes) + (49 + 196) ln K, at least -log p(x), in nats: (B,)."""
        rate = (GRID**2 + BOTTOM_GRID**2) * math.log(len(self.top.codebook))
        return gaussian_nll(x, self.reconstruct(x), self.log_scale) + rate

    @torch.no_grad()
    def sample(self, n: int) -> Tensor:
        """Return n pictures of uniformly drawn codes, (n, 1, 28, 28)."""
        book = self.top.codebook
        top = torch.randint(len(book), (n, GRID, GRID), device=book.device)
        bottom = torch.randint(len(book), (n, BOTTOM_GRID, BOTTOM_GRID), device=book.device)
        return self.decode((top, bottom))

    def _forward(self, x: Tensor) -> tuple[Tensor, Tensor, Quantized, Quantized]:
        h = self.features(x)
        top = self.top(self.to_top(h))
        above = self.from_top(top.z_q)
        bottom = self.bottom(self.to_bottom(torch.cat([h, above], dim=1)))
        return self.from_both(torch.cat([above, bottom.z_q], dim=1)), above, top, bottom

    def _nll(self, x: Tensor, mean: Tensor, log_scale: Tensor) -> Tensor:
        if self.training and torch.is_grad_enabled():
            log_scale.lerp_(0.5 * F.mse_loss(mean.detach(), x).log(), 0.1)
        return gaussian_nll(x, mean, log_scale)
