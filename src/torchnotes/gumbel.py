"""Sampling from a categorical law by adding Gumbel noise, exactly and relaxed.

Logits are unnormalised log-probabilities: adding a constant to all of them changes nothing.
Their default place is dimension 1, (B, K, ...), where an image model has its channels.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from torchnotes.vq import straight_through


def sample_gumbel(
    shape: Sequence[int],
    *,
    generator: torch.Generator | None = None,
    dtype: torch.dtype | None = None,
    device: torch.device | str | None = None,
) -> Tensor:
    """Return independent draws from the standard Gumbel law, every one finite.

    Inverts its distribution function exp(-exp(-g)) (Gumbel 1954): g = -log(-log(u)).

    Args:
        shape: of the result.
        generator: of the uniform numbers; ``None``: the global one.
        dtype: of the result; ``None``: torch's default. Half precision is drawn in
            float32, because its own uniform numbers are a few hundred values.
        device: where to draw; ``None``: torch's default.
    """
    dtype = torch.get_default_dtype() if dtype is None else dtype
    drawn = torch.promote_types(dtype, torch.float32)
    u = torch.rand(shape, generator=generator, dtype=drawn, device=device)  # in [0, 1)
    u = u.clamp_min(torch.finfo(drawn).tiny)  # a 0 would become -inf
    return -torch.log(-torch.log(u)).to(dtype)


def _noise_like(logits: Tensor, generator: torch.Generator | None) -> Tensor:
    return sample_gumbel(
        logits.shape, generator=generator, dtype=logits.dtype, device=logits.device
    )


def gumbel_max(
    logits: Tensor,
    dim: int = 1,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Draw an index along ``dim`` from softmax(logits): exact, and without a gradient.

    The Gumbel-max trick (Gumbel 1954; Maddison et al. 2014).

    Args:
        logits: (B, K, ...), unnormalised.
        dim: where the K classes are.
        generator: of the noise; ``None``: the global one.

    Returns:
        int64, the shape of ``logits`` without ``dim``.
    """
    return (logits + _noise_like(logits, generator)).argmax(dim)


def gumbel_top_k(
    logits: Tensor,
    k: int,
    dim: int = 1,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Draw ``k`` different indices along ``dim``, one after the other, without replacement.

    In the order in which they are drawn: the first has the law softmax(logits), each further one
    the same law among those that are left (Kool et al. 2019).

    Args:
        logits: (B, K, ...), unnormalised.
        k: how many, at most K.
        dim: where the K classes are.
        generator: of the noise; ``None``: the global one.

    Returns:
        int64, the shape of ``logits`` with ``k`` entries along ``dim``.
    """
    return (logits + _noise_like(logits, generator)).topk(k, dim).indices


def gumbel_softmax(
    logits: Tensor,
    tau: float = 1.0,
    hard: bool = False,
    dim: int = 1,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Draw a relaxed one-hot vector along ``dim``, with a gradient to the logits.

    softmax((logits + g) / tau), g Gumbel noise (Jang et al. 2017, Maddison et al. 2017).
    With the same noise, ``gumbel_max`` gives its argmax, whatever tau is.

    Args:
        logits: (B, K, ...), unnormalised.
        tau: the temperature. Towards 0: one-hot, with a gradient of ever larger variance.
        hard: the values are exactly one-hot, the gradient is the relaxed sample's
            (straight-through, biased).
        dim: where the K classes are.
        generator: of the noise; ``None``: the global one.

    Returns:
        the shape of ``logits``, non-negative, with sum 1 along ``dim``.

    Raises:
        ValueError: ``tau`` is not above 0.
    """
    if not tau > 0:  # so that NaN is refused too
        raise ValueError(f"tau must be above 0, not {tau} (exact: gumbel_max)")
    soft = torch.softmax((logits + _noise_like(logits, generator)) / tau, dim)
    if not hard:
        return soft
    one_hot = torch.zeros_like(soft).scatter(dim, soft.argmax(dim, keepdim=True), 1.0)
    return straight_through(one_hot, soft)
