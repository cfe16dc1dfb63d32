"""What a layer that mixes tokens costs: to train on a text, and to decode a token.

Everything is counted and nothing timed, so that every machine finds the same. Beside
the layers of this package come RetNet's, with their methods, and a recurrent net.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

from torchnotes.relatives.h3 import H3
from torchnotes.relatives.hyena import Hyena
from torchnotes.relatives.linear_attention import LinearAttention
from torchnotes.relatives.rwkv import RWKV
from torchnotes.relatives.s4d import S4D
from torchnotes.relatives.sub_layer_norm import SubLayerNormBlock
from torchnotes.retention import paper_log_gamma
from torchnotes.retnet import MultiScaleRetention


class RetentionLayer(nn.Module):
    """RetNet's gated multi-scale retention, with the methods that its relatives have.

    Args:
        d_model, num_heads: as in ``MultiScaleRetention``; gammas are Eq. 8's.
        form: of ``forward``: "parallel" or "chunkwise".
    """

    def __init__(self, d_model: int, num_heads: int, form: str = "parallel") -> None:
        super().__init__()
        self.d_model, self.num_heads, self.form = d_model, num_heads, form
        log_gamma = paper_log_gamma(num_heads, torch.float64)
        self.layer = MultiScaleRetention(d_model, log_gamma)

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's outputs for whole sequences: (B, T, d_model)."""
        return self.layer(x, form=self.form)[0]

    def init_state(self, batch_size: int) -> tuple[None, int]:
        """Return the state before the first token: no S, and the position 0."""
        return None, 0

    def step(self, x_t: Tensor, state: tuple) -> tuple[Tensor, tuple[Tensor, int]]:
        """Return the next token's output, (B, d_model), and the state after it."""
        S, n = state
        turns = self.layer.turns(torch.tensor([n], device=x_t.device))
        y, S = self.layer(x_t[:, None], S, turns=turns, form="recurrent")
        return y[:, 0], (S, n + 1)

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence, H d_k d_v, after any ``length``."""
        d_k = self.d_model // self.num_heads
        return self.num_heads * d_k * 2 * d_k


class RNN(nn.Module):
    """A recurrent net h_t = tanh(W [x_t, h_(t-1)] + b), without a parallel form.

    Args:
        d_model: width.
    """

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.w = nn.Linear(2 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Return the outputs for whole sequences, (B, T, d_model): token by token."""
        return run_steps(self, x)

    def init_state(self, batch_size: int) -> Tensor:
        """Return zeros: (B, d_model)."""
        return self.w.weight.new_zeros(batch_size, self.w.out_features)

    def step(self, x_t: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """Return the next token's output, (B, d_model), which is also the state."""
        h = torch.tanh(self.w(torch.cat([x_t, h], -1)))
        return h, h

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: the same after any ``length``."""
        return self.w.out_features


# from the width d and the number h of heads to a layer
RELATIVES: dict[str, Callable[[int, int], nn.Module]] = {
    "attention": lambda d, h: SubLayerNormBlock(d, h, num_layers=1),
    "Hyena": lambda d, h: Hyena(d, max_length=8192),
    "RetNet": RetentionLayer,
    "RetNet, chunkwise": lambda d, h: RetentionLayer(d, h, "chunkwise"),
    "linear attention": LinearAttention,
    "H3": lambda d, h: H3(d, num_heads=d // 8),  # heads of 8, as in the paper
    "S4D": lambda d, h: S4D(d),
    "RWKV": lambda d, h: RWKV(d),
    "RNN": lambda d, h: RNN(d),
}


def run_steps(layer: nn.Module, x: Tensor) -> Tensor:
    """Return what ``layer.step`` makes of x, token by token: (B, T, d_model)."""
    state, ys = layer.init_state(len(x)), []
    for x_t in x.unbind(1):
        y, state = layer.step(x_t, state)
        ys.append(y)
    return torch.stack(ys, 1)


class _Calls(TorchDispatchMode):
    total = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.total += 1
        return func(*args, **kwargs or {})


def count_calls(layer: nn.Module, x: Tensor) -> int:
    """Return the operations that ``layer(x)`` issues, one after another."""
    with _Calls() as counter:
        layer(x)
    return counter.total


def _one_per_number(*args, out_shape, **kwargs) -> int:
    return math.prod(out_shape)


def _fft(x, dim, *args, out_shape, **kwargs) -> int:  # real to complex, or back
    size, n = max((math.prod(shape), shape[dim[-1]]) for shape in (x, out_shape))
    return round(2.5 * size * math.log2(n))


_aten = torch.ops.aten
_SIMPLE = ("mul", "add", "sub", "exp", "maximum", "tanh", "_softmax")
PRICES = {getattr(_aten, name): _one_per_number for name in _SIMPLE}
PRICES |= {_aten._fft_r2c: _fft, _aten._fft_c2r: _fft}


def count_flops(function, *args) -> int:
    """Return the flops of ``function(*args)``: 2 for a multiplication and addition.

    torch's counter knows products of matrices. Here a real FFT of n numbers counts as
    2.5 n log2(n), and other arithmetic as 1 per number that it returns. Attention is
    computed as written, with its weights.
    """
    counter = FlopCounterMode(display=False, custom_mapping=PRICES)
    with counter, sdpa_kernel(SDPBackend.MATH):
        function(*args)
    return counter.get_total_flops()


class TrainingCost(NamedTuple):
    """Of one forward pass with autograd on."""

    flops: int
    saved: int  # numbers that backward keeps, parameters included
    calls: int  # operations issued


def training_cost(layer: nn.Module, x: Tensor) -> TrainingCost:
    """Count what training on ``x`` takes; on torch's meta device it costs nothing.

    Args:
        x: (B, T, d_model).
    """
    saved = []

    def keep(tensor: Tensor) -> Tensor:
        saved.append(tensor.numel())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        flops = count_flops(layer, x)
    return TrainingCost(flops, sum(saved), count_calls(layer, x))


class Decoding(NamedTuple):
    """What ``compare_steps`` finds."""

    growth: float  # flops that each token of the past adds to a step
    error: float  # largest difference between steps and forward
    looks_ahead: bool


@torch.no_grad()
def compare_steps(layer: nn.Module, x: Tensor) -> Decoding:
    """Run the layer step by step, count, and compare with ``forward``.

    Args:
        x: (B, T, d_model), T at least 4.
    """
    T, flops = x.shape[1], []
    y, half = layer(x), T // 2
    state, ys = layer.init_state(len(x)), []
    for t, x_t in enumerate(x.unbind(1)):
        if t in (half, T - 1):
            flops.append(count_flops(layer.step, x_t, state))
        y_t, state = layer.step(x_t, state)
        ys.append(y_t)
    other = torch.cat([x[:, :half], torch.randn_like(x[:, half:])], 1)
    change = (layer(other) - y)[:, :half].abs().max()
    return Decoding(
        growth=(flops[1] - flops[0]) / (T - 1 - half),
        error=(torch.stack(ys, 1) - y).abs().max().item(),
        looks_ahead=bool(change > 1e-10 * y.abs().max()),
    )
