"""S4 with a diagonal matrix: one linear recurrence, and the convolution that equals it.

Each channel u has N numbers of state, x' = A x + B u, y = C x + D u, with one A for
every token: retention with a query and a key that do not look at the content. Because A
never changes, the outputs are a convolution of the inputs with one kernel, C A^t B, and
the FFT computes it.

A diagonal A is all that it takes to work (Gupta et al. 2022; Gu et al. 2022). S4 itself
(Gu et al. 2021) has a diagonal plus a low-rank matrix, because HiPPO's, which is made
to remember, cannot be diagonalised stably; its kernel takes a Woodbury correction and
Cauchy products.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.relatives.linear_attention import widen


def causal_convolution(u: Tensor, kernel: Tensor) -> Tensor:
    """Return sum_s kernel[s] u[t - s] for each channel, by FFT in O(T log T).

    Exact in its zeros it is not: rounding errors, relative to the largest input, do
    reach earlier tokens.

    Args:
        u: (..., T, channels).
        kernel: (K, channels), what a token adds to itself and to the K - 1 after it.

    Returns:
        (..., T, channels).
    """
    n = u.shape[-2] + kernel.shape[-2]  # zeros behind: else the end wraps around
    spectrum = torch.fft.rfft(u, n, dim=-2) * torch.fft.rfft(kernel, n, dim=-2)
    return torch.fft.irfft(spectrum, n, dim=-2)[..., : u.shape[-2], :]


class DiagonalSSM(nn.Module):
    """One diagonal state space model per channel (S4D-Lin, Gu et al. 2022).

    A is complex, in conjugate pairs of which one is kept: twice its real part is the
    pair's sum. B is 1, for C can take it over.

    Args:
        channels: how many models, each with its own A, C, D and time step.
        d_state: N, real numbers of state per channel; even.
        dt_min, dt_max: bounds of the time between two tokens, drawn evenly in its
            logarithm: channels differ in how far they remember.

    Raises:
        ValueError: ``d_state`` is odd or below 2.
    """

    def __init__(
        self,
        channels: int,
        d_state: int = 16,
        dt_min: float = 1e-3,
        dt_max: float = 0.1,
    ) -> None:
        super().__init__()
        if d_state < 2 or d_state % 2:
            raise ValueError(f"d_state must be even and at least 2, not {d_state}")
        self.channels, self.d_state = channels, d_state
        pairs = (channels, d_state // 2)
        log_dt = torch.empty(channels).uniform_(math.log(dt_min), math.log(dt_max))
        self.log_dt = nn.Parameter(log_dt)
        self.log_decay = nn.Parameter(torch.full(pairs, math.log(0.5)))  # Re A = -1/2
        frequency = math.pi * torch.arange(pairs[1])  # Im A = pi n
        self.frequency = nn.Parameter(frequency.repeat(channels, 1))
        self.C = nn.Parameter(torch.randn(*pairs, 2) * 0.5**0.5)  # real, imaginary
        self.D = nn.Parameter(torch.randn(channels))

    def discretize(self) -> tuple[Tensor, Tensor]:
        """Return ln A and B of the recurrence over tokens, complex (channels, N/2).

        Zero-order hold: the input stands still for the time dt between two tokens, so
        that A_bar = exp(dt A) and B_bar = (exp(dt A) - 1) / A.
        """
        A = torch.complex(-widen(self.log_decay).exp(), widen(self.frequency))
        log_A_bar = widen(self.log_dt).exp()[:, None] * A
        return log_A_bar, torch.expm1(log_A_bar) / A

    def kernel(self, length: int) -> Tensor:
        """Return C A_bar^t B_bar for t < ``length``: (length, channels)."""
        log_A_bar, B_bar = self.discretize()
        t = torch.arange(length, device=self.D.device)
        vandermonde = torch.exp(log_A_bar[..., None] * t)  # (channels, N/2, length)
        weights = torch.view_as_complex(widen(self.C)) * B_bar  # (channels, N/2)
        return 2 * torch.einsum("cn,cnt->tc", weights, vandermonde).real

    def forward(self, u: Tensor) -> Tensor:
        """Convolve whole sequences, all at once: (..., T, channels) to the same."""
        u = widen(u)
        return causal_convolution(u, self.kernel(u.shape[-2])) + widen(self.D) * u

    def init_state(self, *batch: int) -> Tensor:
        """Return the state before the first token: zeros, (*batch, channels, N/2)."""
        dtype = torch.promote_types(self.D.dtype, torch.complex64)
        return self.D.new_zeros(*batch, self.channels, self.d_state // 2, dtype=dtype)

    def step(self, u_t: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Return one token's output, with the shape of ``u_t``, and the next state."""
        u_t = widen(u_t)
        log_A_bar, B_bar = self.discretize()
        state = log_A_bar.exp() * state + B_bar * u_t[..., None]
        y = 2 * (torch.view_as_complex(widen(self.C)) * state).sum(-1).real
        return y + widen(self.D) * u_t, state


class S4D(nn.Module):
    """A layer of S4D: a state space model per channel, GELU, and a mix of the channels.

    Args:
        d_model: width.
        d_state, dt: as ``d_state`` and ``dt_min``, ``dt_max`` of ``DiagonalSSM``.
    """

    def __init__(
        self, d_model: int, d_state: int = 16, dt: tuple[float, float] = (1e-3, 0.1)
    ) -> None:
        super().__init__()
        self.ssm = DiagonalSSM(d_model, d_state, *dt)
        self.out_proj = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model), as ``x``."""
        return self.out_proj(F.gelu(self.ssm(x)).to(x.dtype))

    def init_state(self, batch_size: int) -> Tensor:
        """Return the state before the first token: complex (B, d_model, N/2)."""
        return self.ssm.init_state(batch_size)

    def step(self, x_t: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Return the next token's output, (B, d_model), and the state after it."""
        y, state = self.ssm.step(x_t, state)
        return self.out_proj(F.gelu(y).to(x_t.dtype)), state

    def state_size(self, length: int) -> int:
        """Return the real numbers kept per sequence: the same after any ``length``."""
        return self.ssm.channels * self.ssm.d_state
