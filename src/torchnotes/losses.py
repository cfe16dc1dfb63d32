"""The terms that the losses of the dVAE chapter's models are made of, each written once.

A term is in nats and has one number per image, (B,): the sum over its pixels or positions. A mean
over those sums would make the balance between two terms depend on the shape of either.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

LOGIT_LAPLACE_EPS = 0.1  # DALL-E's; keeps the logit of a black or white pixel finite


def gaussian_kl(mean: Tensor, log_var: Tensor) -> Tensor:
    """Return KL(N(mean, exp(log_var)) || N(0, 1)), summed over all but the first dimension: (B,).

    Kingma & Welling 2014, appendix B. ``mean`` and ``log_var``: (B, ...).
    """
    return 0.5 * (mean.square() + log_var.exp() - 1 - log_var).flatten(1).sum(1)


def uniform_kl(logits: Tensor, dim: int = 1) -> Tensor:
    """Return KL(softmax(logits) || uniform), summed over the positions: (B,).

    For each position it is ln K - H(q): 0 where every code is equally likely, ln K where one is
    certain.

    Args:
        logits: (B, K, ...), unnormalised.
        dim: where the K codes are.
    """
    log_q = logits.log_softmax(dim)
    kl = (log_q.exp() * log_q).sum(dim) + math.log(logits.shape[dim])
    return kl.flatten(1).sum(1) if kl.dim() > 1 else kl


def dequantize(x: Tensor) -> Tensor:
    """Spread each of the 256 grey levels evenly over its share of [0, 1], (B, ...) -> (B, ...).

    Grey levels are integers: a density fitted to them as they are can grow without bound. With
    uniform noise added, a density's bits bound those of the levels (Theis et al. 2016, sec. 3.1).
    """
    return (x * 255 + torch.rand_like(x)) / 256


def gaussian_nll(x: Tensor, mean: Tensor, log_scale: Tensor) -> Tensor:
    """Return -log N(x; mean, exp(log_scale)^2), summed over the pixels: (B,).

    Args:
        x, mean: (B, ...).
        log_scale: a single number, or a tensor that broadcasts with them.
    """
    z = (x - mean) * torch.exp(-log_scale)
    return (0.5 * z.square() + log_scale + 0.5 * math.log(2 * math.pi)).flatten(1).sum(1)


def map_pixels(x: Tensor, eps: float = LOGIT_LAPLACE_EPS) -> Tensor:
    """Map [0, 1] to [eps, 1 - eps], as DALL-E does before ``logit_laplace_nll``."""
    return (1 - 2 * eps) * x + eps


def unmap_pixels(x: Tensor, eps: float = LOGIT_LAPLACE_EPS) -> Tensor:
    """Undo ``map_pixels``, and clamp to [0, 1]."""
    return ((x - eps) / (1 - 2 * eps)).clamp(0, 1)


def logit_laplace_nll(x: Tensor, mean: Tensor, log_scale: Tensor) -> Tensor:
    """Return -log of the logit-Laplace density, summed over the pixels: (B,).

    The law of sigmoid(l) for a Laplace-distributed l: unlike a Laplace or a Gaussian it puts all
    its mass on (0, 1), where the pixels are (Ramesh et al. 2021, appendix A.3):
    exp(-|logit(x) - mean| / b) / (2 b x (1 - x)), with b = exp(log_scale).

    Args:
        x: (B, ...), strictly between 0 and 1: see ``map_pixels``.
        mean: (B, ...), on the logit scale.
        log_scale: ln b, a single number or a tensor that broadcasts with them.
    """
    distance = (torch.logit(x) - mean).abs() * torch.exp(-log_scale)
    jacobian = torch.log(x) + torch.log1p(-x)
    return (distance + log_scale + math.log(2) + jacobian).flatten(1).sum(1)


def bits_per_dim(nats: Tensor | float, dims: int) -> Tensor | float:
    """Return the bits per pixel of 256 grey levels that ``nats`` of a density on [0, 1] amount to.

    Args:
        nats: -log density, or a bound on it, summed over ``dims`` dequantized pixels.
        dims: pixels per image, 784 for Fashion-MNIST.
    """
    return nats / (dims * math.log(2)) + 8  # + 8: a level is 1/256 wide


def code_counts(codes: Tensor, num_codes: int) -> Tensor:
    """Return how often each code occurs, (num_codes,) int64, in ``codes`` of any shape."""
    return torch.bincount(codes.flatten(), minlength=num_codes)


def perplexity(counts: Tensor) -> Tensor:
    """Return exp of the entropy of the frequencies: 1 if one code does all, K if all are equal.

    Over a batch it says how many codes the batch used; count a whole epoch to judge a codebook.

    Args:
        counts: (K,), not all zero.
    """
    p = counts.double() / counts.sum()
    return torch.exp(torch.special.entr(p).sum())


def mean_squared_error(x: Tensor, reconstruction: Tensor) -> Tensor:
    """Return the mean squared error per pixel of each image: (B,)."""
    return F.mse_loss(reconstruction, x, reduction="none").flatten(1).mean(1)
