"""Vector quantisation: a codebook, its training, and the VQ-VAE (van den Oord et al. 2017).

Maps have their channels second, (B, D, H, W), as everywhere in the chapter; a list of vectors has
them last, (..., D). A codebook is (K, D): K codes, a vector of D numbers each.
"""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.autoencoder import GRID, Decoder, Encoder
from torchnotes.losses import code_counts, gaussian_nll, perplexity


def nearest_code(z: Tensor, codebook: Tensor) -> Tensor:
    """Return the index of the code nearest to each vector: (..., D) and (K, D) give (...) int64.

    Multiplied out, |z - e|^2 = |z|^2 - 2 z.e + |e|^2, the search is one matrix product.
    Its largest tensor is (..., K), not (..., K, D). Of equally near codes the first wins.
    """
    centre = codebook.mean(0)  # distances stay, and the squares lose fewer digits
    z, e = z - centre, codebook - centre
    scores = e.square().sum(1) - 2 * z @ e.T  # (..., K); |z|^2 is the same for all
    return scores.argmin(-1)


def straight_through(hard: Tensor, soft: Tensor) -> Tensor:
    """Return ``hard``, with the gradient of ``soft`` (Bengio et al. 2013).

    Exactly ``hard`` in value; ``soft + (hard - soft).detach()`` is so up to rounding.
    The gradient goes to ``soft`` whole, to ``hard`` not at all. Both: the same shape.
    """
    return hard.detach() + (soft - soft.detach())


def vq_losses(z_e: Tensor, e: Tensor) -> tuple[Tensor, Tensor]:
    """Return the codebook and the commitment loss of each image: (B,) and (B,).

    Both are |z_e - e|^2, summed over all but the first dimension (van den Oord et al.
    2017, Eq. 3). They differ in where the gradient goes: the first moves the codes, the
    second, which the caller weights, the encoder.

    Args:
        z_e: what the encoder returned, (B, ...).
        e: the code vectors chosen for it, the same shape.
    """
    codebook = (z_e.detach() - e).square().flatten(1).sum(1)
    commitment = (z_e - e.detach()).square().flatten(1).sum(1)
    return codebook, commitment


def ema_update(
    counts: Tensor, sums: Tensor, z: Tensor, codes: Tensor, decay: float
) -> tuple[Tensor, Tensor]:
    """Return the moving averages of each code's count and sum after one more batch.

    N <- decay N + (1 - decay) n and m <- decay m + (1 - decay) sum of the code's vectors:
    the code itself is m / N, an online k-means (van den Oord et al. 2017, appendix A.1).

    Args:
        counts: N, (K,), in vectors per batch.
        sums: m, (K, D).
        z: the batch's vectors, (n, D).
        codes: the code that each was given, (n,).
        decay: the weight of the past, 0.99 in the paper.
    """
    one_hot = F.one_hot(codes, len(counts)).to(z.dtype)  # (n, K)
    n, total = one_hot.sum(0), one_hot.T @ z
    return decay * counts + (1 - decay) * n, decay * sums + (1 - decay) * total


def smooth_counts(counts: Tensor, eps: float = 1e-5) -> Tensor:
    """Return counts of the same total, none of them 0 (Laplace smoothing): (K,).

    Not in the paper: its authors' code does so, because m / N of a code that nobody has chosen for
    long would be 0 / 0.
    """
    total = counts.sum()
    return (counts + eps) / (total + len(counts) * eps) * total


class Quantized(NamedTuple):
    """What a ``VectorQuantizer`` makes of a map (B, D, H, W)."""

    z_q: Tensor  # (B, D, H, W): the code vectors, with the gradient of z_e
    codes: Tensor  # (B, H, W), int64
    codebook_loss: Tensor  # (B,); 0 with ``ema``, where no gradient moves the codes
    commitment_loss: Tensor  # (B,), not yet weighted


class VectorQuantizer(nn.Module):
    """Replace every vector of a map by the nearest of ``num_codes`` learned ones.

    The codes learn from the codebook loss or, with ``ema``, as moving averages. Only a forward
    pass that is part of training (training mode, gradients on) changes any state. The defaults
    are the cures for unused codes; switch one off to see what it does.

    Args:
        num_codes: K.
        dim: D, numbers per code.
        commitment: weight of the commitment loss in ``loss``; 0.25 in the paper.
        ema: codes are moving averages of their vectors, not trained by the optimizer.
        decay: of the moving averages; ``counts`` is kept without ``ema`` too.
        normalize: give each channel of z_e mean 0 and variance 1 first, with a batch norm that has
            no weights: the codes need not chase an encoder whose scale grows, the
            "non-stationarity" of Lancucki et al. 2020.
        data_init: the first training batch's vectors become the codes. Otherwise they are drawn
            from N(0, 1), wherever the encoder's vectors may be.
        revive_below: in training, a code whose ``counts`` falls below this many vectors per batch
            becomes a vector of the batch; 0 never does.
    """

    def __init__(
        self,
        num_codes: int = 64,
        dim: int = 16,
        commitment: float = 0.25,
        *,
        ema: bool = True,
        decay: float = 0.99,
        normalize: bool = True,
        data_init: bool = True,
        revive_below: float = 1.0,
    ) -> None:
        super().__init__()
        self.commitment, self.ema, self.decay = commitment, ema, decay
        self.normalize, self.revive_below = normalize, revive_below
        vectors = torch.randn(num_codes, dim)
        if ema:
            self.register_buffer("codebook", vectors)  # nobody wants its gradient
        else:
            self.codebook = nn.Parameter(vectors)
        self.register_buffer("counts", torch.ones(num_codes))  # N
        self.register_buffer("sums", vectors.clone())  # m = N e
        self.register_buffer("waits_for_data", torch.tensor(data_init))
        self.register_buffer("running_mean", torch.zeros(dim))
        self.register_buffer("running_var", torch.ones(dim))

    def forward(self, z_e: Tensor) -> Quantized:
        """Quantise (B, D, H, W)."""
        learning = self.training and torch.is_grad_enabled()
        z_e = self._normalized(z_e, learning)
        vectors = z_e.detach().movedim(1, -1).flatten(0, -2)  # (B * H * W, D)
        if learning and self.waits_for_data:
            self.init_from_data(vectors)
        codes = nearest_code(z_e.detach().movedim(1, -1), self.codebook.detach())
        e = self.decode(codes)
        codebook_loss, commitment_loss = vq_losses(z_e, e)
        if self.ema:
            codebook_loss = torch.zeros_like(codebook_loss)
        if learning:
            self._learn(vectors, codes.flatten())
        return Quantized(straight_through(e, z_e), codes, codebook_loss, commitment_loss)

    def encode(self, z_e: Tensor) -> Tensor:
        """Return the codes of a map: (B, D, H, W) -> (B, H, W) int64; changes no state."""
        z_e = self._normalized(z_e.detach(), learning=False)
        return nearest_code(z_e.movedim(1, -1), self.codebook.detach())

    def decode(self, codes: Tensor) -> Tensor:
        """Return the vectors of the codes: (B, H, W) -> (B, D, H, W)."""
        return F.embedding(codes, self.codebook).movedim(-1, 1)

    def loss(self, quantized: Quantized) -> Tensor:
        """Return codebook loss + commitment * commitment loss: (B,)."""
        return quantized.codebook_loss + self.commitment * quantized.commitment_loss

    @torch.no_grad()
    def init_from_data(self, z: Tensor) -> None:
        """Make random rows of ``z``, (n, D), the codes; with replacement if n < K."""
        self._place(torch.ones_like(self.counts, dtype=torch.bool), z, count=1.0)
        self.waits_for_data.fill_(False)

    @torch.no_grad()
    def revive(self, z: Tensor, threshold: float = 1.0) -> int:
        """Move every code with ``counts`` below ``threshold`` to a random row of ``z``, (n, D).

        Its count becomes the threshold: unless it is chosen, it will move again. Returns how many
        codes were moved (Dhariwal et al. 2020, section 3.1).
        """
        dead = self.counts < threshold
        self._place(dead, z, count=threshold)
        return int(dead.sum())

    def _normalized(self, z_e: Tensor, learning: bool) -> Tensor:
        if not self.normalize:
            return z_e
        return F.batch_norm(z_e, self.running_mean, self.running_var, training=learning)

    def _place(self, which: Tensor, z: Tensor, count: float) -> None:
        number = int(which.sum())
        if not number:
            return
        if len(z) >= number:
            rows = torch.randperm(len(z))[:number]
        else:
            rows = torch.randint(len(z), (number,))
        new = z[rows.to(z.device)]  # drawn on the CPU: the same on every device
        self.codebook[which] = new
        self.counts[which] = count
        self.sums[which] = count * new

    @torch.no_grad()
    def _learn(self, vectors: Tensor, codes: Tensor) -> None:
        counts, sums = ema_update(self.counts, self.sums, vectors, codes, self.decay)
        self.counts.copy_(counts)
        self.sums.copy_(sums)
        if self.ema:
            self.codebook.copy_(self.sums / smooth_counts(self.counts)[:, None])
        if self.revive_below > 0:
            self.revive(vectors, self.revive_below)


class VQVAE(nn.Module):
    """An autoencoder with one of ``num_codes`` codes at each of 49 positions.

    Its prior is uniform: 49 ln K nats for every image, whatever the image (the first stage of van
    den Oord et al. 2017; a second stage learns a better prior).

    Args:
        num_codes, dim, commitment, options: as in ``VectorQuantizer``.
        width: as in ``Encoder``.
    """

    def __init__(
        self,
        num_codes: int = 64,
        dim: int = 16,
        width: int = 32,
        commitment: float = 0.25,
        **options: float | bool,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(dim, width)
        self.quantizer = VectorQuantizer(num_codes, dim, commitment, **options)
        self.decoder = Decoder(dim, width)
        self.register_buffer("log_scale", torch.tensor(-1.0))  # ln of the pixels' noise, fitted

    def forward(self, x: Tensor) -> Tensor:
        """Return the reconstruction, (B, 1, 28, 28), with a straight-through gradient."""
        return self.decoder(self.quantizer(self.encoder(x)).z_q)

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Return the batch's mean loss and its parts: nats per image, and squared distances.

        The loss is nll + codebook + commitment weight * commitment; ``mse`` and ``perplexity``,
        that of the batch's codes, are no part of it. In training mode it also moves ``log_scale``
        towards the batch's own root mean squared error, as the chapter's VAE does.
        """
        quantized = self.quantizer(self.encoder(x))
        mean = self.decoder(quantized.z_q)
        mse = F.mse_loss(mean.detach(), x)
        if self.training and torch.is_grad_enabled():
            self.log_scale.lerp_(0.5 * mse.log(), 0.1)
        nll = gaussian_nll(x, mean, self.log_scale)
        return {
            "loss": (nll + self.quantizer.loss(quantized)).mean(),
            "nll": nll.mean(),
            "codebook": quantized.codebook_loss.mean(),
            "commitment": quantized.commitment_loss.mean(),
            "mse": mse,
            "perplexity": perplexity(code_counts(quantized.codes, len(self.quantizer.codebook))),
        }

    def encode(self, x: Tensor) -> Tensor:
        """Return the code of each position, (B, 7, 7) int64."""
        return self.quantizer.encode(self.encoder(x))

    def decode(self, codes: Tensor) -> Tensor:
        """Return the mean picture of codes (B, 7, 7): (B, 1, 28, 28)."""
        return self.decoder(self.quantizer.decode(codes))

    def reconstruct(self, x: Tensor) -> Tensor:
        """Return decode(encode(x)), (B, 1, 28, 28)."""
        return self.decode(self.encode(x))

    def bound(self, x: Tensor) -> Tensor:
        """Return an upper bound on -log p(x) in nats: (B,).

        p(x) is a sum over all code maps; the bound keeps the one that the encoder chose:
        -log p(x | codes) + 49 ln K.
        """
        rate = GRID * GRID * math.log(len(self.quantizer.codebook))
        return gaussian_nll(x, self.reconstruct(x), self.log_scale) + rate

    @torch.no_grad()
    def sample(self, n: int) -> Tensor:
        """Return n pictures of uniformly drawn codes, (n, 1, 28, 28)."""
        book = self.quantizer.codebook
        codes = torch.randint(len(book), (n, GRID, GRID), device=book.device)
        return self.decode(codes)
