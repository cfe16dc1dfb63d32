"""The variational autoencoder: an encoder that answers with a distribution (Kingma & Welling 2014).

Of each of the 49 positions the encoder gives ``channels`` means and log variances; the decoder
gets a draw from them. The prior is N(0, 1) for every latent number, independently.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.autoencoder import GRID, Decoder, Encoder
from torchnotes.losses import gaussian_kl, gaussian_nll


def reparameterize(mean: Tensor, log_var: Tensor) -> Tensor:
    """Draw z ~ N(mean, exp(log_var)), with gradients to both (Kingma & Welling 2014, sec. 2.4).

    z = mean + exp(log_var / 2) * eps: all the chance is in eps ~ N(0, 1), fresh for every element.

    Args:
        mean, log_var: of one shape, which is also that of the draw.
    """
    eps = torch.randn_like(mean)
    return mean + torch.exp(0.5 * log_var) * eps


class VAE(nn.Module):
    """A Gaussian posterior per image, and a Gaussian likelihood with one scale for all pixels.

    The scale is fitted, not trained: the likelihood's best standard deviation is the root of the
    mean squared error, so each training batch moves ``log_scale`` a tenth of the way there (the
    optimal sigma-VAE of Rybkin et al. 2021). It decides how much an error costs against the KL.

    Args:
        channels: latent numbers per position; an image becomes 49 * channels of them.
        width: as in ``Encoder``.
        beta: weight of the KL term in ``losses`` (Higgins et al. 2017). Only 1 gives the bound.

    Attributes:
        latent_shape: of one image's z, what ``sample`` draws.
        log_scale: ln of the likelihood's standard deviation, a buffer, a single number.
    """

    def __init__(self, channels: int = 4, width: int = 32, beta: float = 1.0) -> None:
        super().__init__()
        self.beta = beta
        self.latent_shape = (channels, GRID, GRID)
        self.encoder = Encoder(2 * channels, width)
        self.decoder = Decoder(channels, width)
        self.register_buffer("log_scale", torch.tensor(-1.0))  # as the pixels vary themselves

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and log variance of q(z | x): (B, channels, 7, 7) each."""
        mean, log_var = self.encoder(x).chunk(2, dim=1)
        return mean, log_var

    def encode(self, x: Tensor) -> Tensor:
        """Return what the model stores of an image, the posterior's mean: (B, channels, 7, 7)."""
        return self.posterior(x)[0]

    def decode(self, z: Tensor) -> Tensor:
        """Return the mean picture that z stands for: (B, 1, 28, 28). No chance is in it."""
        return self.decoder(z)

    def reconstruct(self, x: Tensor) -> Tensor:
        """Return decode(encode(x)): (B, 1, 28, 28)."""
        return self.decode(self.encode(x))

    forward = reconstruct

    def terms(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return -log p(x | z) for one z ~ q(z | x), KL(q || prior), and the picture of z.

        The first two are in nats, (B,); the picture is (B, 1, 28, 28).
        """
        mean, log_var = self.posterior(x)
        x_hat = self.decode(reparameterize(mean, log_var))
        return gaussian_nll(x, x_hat, self.log_scale), gaussian_kl(mean, log_var), x_hat

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Return the batch's loss = nll + beta * kl in nats per image, and its parts.

        In training mode it also moves ``log_scale``, before the loss is taken.
        """
        mean, log_var = self.posterior(x)
        x_hat = self.decode(reparameterize(mean, log_var))
        mse = F.mse_loss(x_hat.detach(), x)
        if self.training:
            self.log_scale.lerp_(0.5 * mse.log(), 0.1)
        nll = gaussian_nll(x, x_hat, self.log_scale).mean()
        kl = gaussian_kl(mean, log_var).mean()
        return {"loss": nll + self.beta * kl, "nll": nll, "kl": kl, "mse": mse}

    def bound(self, x: Tensor) -> Tensor:
        """Return an upper bound on -log p(x), in expectation: (B,) nats, the negative ELBO.

        One draw of z per image, and the KL in closed form, with weight 1 whatever ``beta`` is.
        """
        mean, log_var = self.posterior(x)
        x_hat = self.decode(reparameterize(mean, log_var))
        return gaussian_nll(x, x_hat, self.log_scale) + gaussian_kl(mean, log_var)

    @torch.no_grad()
    def sample(self, n: int) -> Tensor:
        """Return the mean pictures of n draws from the prior: (n, 1, 28, 28)."""
        z = torch.randn(n, *self.latent_shape, device=self.log_scale.device)
        return self.decode(z)
