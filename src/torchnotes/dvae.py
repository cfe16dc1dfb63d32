"""The discrete VAE: a categorical posterior at each position, trained through its relaxation.

What DALL-E's image tokens come from (Ramesh et al. 2021, section 2.1 and appendix A), at the size
of Fashion-MNIST. The prior is uniform over the codes, independently at each position.
"""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.autoencoder import GRID, Decoder, Encoder
from torchnotes.gumbel import gumbel_max, gumbel_softmax
from torchnotes.losses import code_counts, gaussian_nll, uniform_kl


def cosine(step: int, steps: int, start: float, end: float) -> float:
    """Return ``start`` at step 0, ``end`` from ``steps`` on, and half a cosine in between.

    A function of the step alone. Multiplying the last value by a factor instead would make the
    result depend on how often it is called.
    """
    done = min(step / steps, 1.0) if steps > 0 else 1.0
    return end + (start - end) * 0.5 * (1 + math.cos(math.pi * done))


def one_hot(codes: Tensor, num_codes: int) -> Tensor:
    """Return codes (B, H, W) as float one-hot maps, (B, num_codes, H, W)."""
    return F.one_hot(codes, num_codes).movedim(-1, 1).float()


class DVAE(nn.Module):
    """An encoder that gives each of 49 positions a categorical law over ``num_codes`` codes.

    The encoder's last convolution puts out the logits; no distance to a codebook occurs anywhere.
    The decoder's first 1x1 convolution holds the code vectors, one per column of its weight.
    Training decodes a relaxed one-hot sample, inference the one-hot argmax. As in the chapter's
    VAE, ``log_scale`` is fitted: each training batch moves it a tenth of the way to the logarithm
    of the root mean squared error (the optimal sigma-VAE of Rybkin et al. 2021).

    Args:
        num_codes: K.
        width: as in ``Encoder``.
        beta: weight of the KL term in ``losses``. Only 1 gives the bound.
        tau: temperature of the relaxation.

    Attributes:
        tau, beta: plain numbers, for a schedule to set; see ``anneal``.
        log_scale: ln of the likelihood's standard deviation, a buffer, a single number.
    """

    def __init__(
        self, num_codes: int = 64, width: int = 32, beta: float = 1.0, tau: float = 1.0
    ) -> None:
        super().__init__()
        self.num_codes = num_codes
        self.beta, self.tau = beta, tau
        self.encoder = Encoder(num_codes, width)
        self.decoder = Decoder(num_codes, width)
        # A one-hot input has one entry that is not 0. torch's default counts all K and would make
        # the code vectors too alike for the encoder to feel which one it chose.
        nn.init.normal_(self.decoder[0].weight, std=0.4)
        self.register_buffer("log_scale", torch.tensor(-1.0))  # as the pixels vary themselves

    @property
    def codebook(self) -> Tensor:
        """The code vectors, (num_codes, width): the decoder's first weight, seen by rows."""
        return self.decoder[0].weight[:, :, 0, 0].T

    def logits(self, x: Tensor) -> Tensor:
        """Return the unnormalised log-probabilities of q(z | x): (B, num_codes, 7, 7)."""
        return self.encoder(x)

    def encode(self, x: Tensor) -> Tensor:
        """Return the most probable code of each position, (B, 7, 7) int64; no chance is in it."""
        return self.logits(x).argmax(1)

    def decode(self, codes: Tensor) -> Tensor:
        """Return the mean picture of codes (B, 7, 7): (B, 1, 28, 28)."""
        return self.decoder(one_hot(codes, self.num_codes))

    def reconstruct(self, x: Tensor) -> Tensor:
        """Return decode(encode(x)): (B, 1, 28, 28)."""
        return self.decode(self.encode(x))

    forward = reconstruct

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Return the batch's ``"loss"`` = nll + beta * kl in nats per image, its parts, and mse.

        The nll is that of one relaxed sample at temperature ``tau``. In training it also moves
        ``log_scale``, before the loss is taken.
        """
        logits = self.logits(x)
        x_hat = self.decoder(gumbel_softmax(logits, self.tau))
        mse = F.mse_loss(x_hat.detach(), x)
        if self.training and torch.is_grad_enabled():
            self.log_scale.lerp_(0.5 * mse.log(), 0.1)
        nll = gaussian_nll(x, x_hat, self.log_scale).mean()
        kl = uniform_kl(logits).mean()
        return {"loss": nll + self.beta * kl, "nll": nll, "kl": kl, "mse": mse}

    def bound(self, x: Tensor) -> Tensor:
        """Return an upper bound on -log p(x), in expectation: (B,) nats, the negative ELBO.

        One exact, not relaxed, draw of the codes per image, and the KL to the uniform prior in
        closed form, with weight 1 whatever ``beta`` is.
        """
        logits = self.logits(x)
        x_hat = self.decode(gumbel_max(logits))
        return gaussian_nll(x, x_hat, self.log_scale) + uniform_kl(logits)

    @torch.no_grad()
    def sample(self, n: int) -> Tensor:
        """Return the mean pictures of n uniformly drawn code maps, (n, 1, 28, 28)."""
        codes = torch.randint(self.num_codes, (n, GRID, GRID), device=self.log_scale.device)
        return self.decode(codes)

    @torch.no_grad()
    def usage(self, images: Tensor, batch_size: int = 500) -> Tensor:
        """Return how often each code is the argmax over all of ``images``: (num_codes,) int64."""
        return sum(code_counts(self.encode(x), self.num_codes) for x in images.split(batch_size))


def anneal(
    tau: tuple[float, float] = (1.0, 1 / 16), beta: float = 1.0, beta_share: float = 0.25
) -> Callable[[DVAE, int, int], None]:
    """Return a ``before_step`` for ``training.fit`` that sets ``tau`` and ``beta`` as DALL-E does.

    Args:
        tau: from and to, over the whole run; DALL-E's went from 1 to 1/16.
        beta: what ``beta`` rises to from 0.
        beta_share: the part of the run that the rise takes.
    """

    def before_step(model: DVAE, step: int, steps: int) -> None:
        model.tau = cosine(step, steps - 1, *tau)
        model.beta = cosine(step, round(beta_share * steps), 0.0, beta)

    return before_step
