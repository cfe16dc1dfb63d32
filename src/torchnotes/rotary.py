"""Rotary positions (Su et al. 2021): pairs of numbers turn as the position grows.

Eq. 5 of RetNet multiplies queries and keys, read as complex numbers, by Theta_n = e^(i
n theta). Here a complex number is a pair of neighbours, (x_0, x_1), (x_2, x_3), ...;
all of it is real.
"""

import torch
from torch import Tensor


def rotary_angles(dim: int, base: float = 10_000.0) -> Tensor:
    """Return theta_i = base^(-2i / dim) of each pair i: (dim / 2,) float64, on the CPU.

    Angles per position, in radians: from 1 down to almost 1 / base (Su et al. 2021, Eq.
    15).

    Raises:
        ValueError: ``dim`` is odd, so that a number would have no partner.
    """
    if dim % 2:
        raise ValueError(f"rotation needs pairs of features: {dim} is odd")
    i = torch.arange(dim // 2, dtype=torch.float64, device="cpu")
    return base ** (-2 * i / dim)


def _float64(x: Tensor) -> Tensor:
    # n theta in float32 would be off by 5e-4 at n = 8192; MPS has nothing wider
    return x.to(torch.float32 if x.device.type == "mps" else torch.float64)


def rotation(
    positions: Tensor, dim: int, base: float = 10_000.0, dtype: torch.dtype = torch.float32
) -> tuple[Tensor, Tensor]:
    """Return cos and sin of n theta_i: (..., T, dim / 2) each, what ``turn`` needs.

    A model computes them once and turns the queries and keys of all its layers.

    Args:
        positions: (..., T), any real or integer type.
        dim, base: as in ``rotary_angles``.
        dtype: of the result; the phases themselves are float64 wherever there is one.
    """
    positions = _float64(positions)
    phase = positions[..., None] * rotary_angles(dim, base).to(positions)
    return phase.cos().to(dtype), phase.sin().to(dtype)


def turn(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn each pair (a, b) of (..., T, d) to (a cos - b sin, a sin + b cos), as ``x``."""
    dtype = torch.promote_types(x.dtype, cos.dtype)
    even, odd = x[..., 0::2].to(dtype), x[..., 1::2].to(dtype)  # (..., T, d / 2)
    turned = torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1)
    return turned.flatten(-2).to(x.dtype)  # (..., T, d)


def rotate(x: Tensor, positions: Tensor, base: float = 10_000.0) -> Tensor:
    """Turn pair i of the vector at position n by n theta_i: shape and dtype of ``x``.

    Norms stay, and the inner product of a query at n with a key at m depends on n - m
    alone (Su et al. 2021, Eq. 16). bfloat16 and float16 are turned in float32.

    Args:
        x: (..., T, d), d even.
        positions: (T,), or anything that broadcasts with x.shape[:-1].
        base: theta_i = base^(-2i / d), see ``rotary_angles``.
    """
    dtype = torch.promote_types(x.dtype, torch.float32)
    return turn(x, *rotation(positions, x.shape[-1], base, dtype))


def xpos_scale(positions: Tensor, dim: int, scale_base: float = 512.0) -> Tensor:
    """Return xPos's zeta_i^(n / scale_base), twice for each pair: (T, dim) float32.

    xPos is rotation and this: a rotated query is multiplied by it, a rotated key
    divided by it, and a distance n - m fades by zeta_i^((n - m) / scale_base) (Sun et
    al. 2022, algorithm 1). RetNet has gamma in its place, so nothing here uses it.

    Of the two factors one vanishes and one grows with n; from about 36,000 on, the
    key's overflows float32. Only n - m matters, so that positions centred on 0 go twice
    as far.

    Args:
        positions: (T,).
        dim: features of a query or key, even.
        scale_base: positions over which pair i fades by zeta_i = (2i / dim + 0.4) /
            1.4.
    """
    if dim % 2:
        raise ValueError(f"rotation needs pairs of features: {dim} is odd")
    positions = _float64(positions)
    i = torch.arange(dim // 2, dtype=positions.dtype, device=positions.device)
    zeta = (2 * i / dim + 0.4) / 1.4  # (dim / 2,)
    scale = zeta ** (positions[:, None] / scale_base)  # (T, dim / 2)
    return scale.repeat_interleave(2, dim=-1).float()
