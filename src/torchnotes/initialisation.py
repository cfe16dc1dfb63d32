"""An initialiser of one's own, tests of what it draws, and how signals pass a fresh network."""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Generator, Tensor, nn


@torch.no_grad()
def mixture_(w: Tensor, generator: Generator | None = None) -> Tensor:
    """Fill ``w`` with 0 (probability 1/2), U(5, 10) or U(-10, -5) (1/4 each)."""
    w.uniform_(-10, 10, generator=generator)
    return w.mul_(w.abs() >= 5)


def chi2_p_value(counts: Sequence[float], probabilities: Sequence[float]) -> float:
    """Return how likely fair draws are to miss the expected counts by as much as these do.

    Pearson's statistic, the sum of (observed - expected)**2 / expected, follows a chi-squared law
    with k - 1 degrees of freedom; the upper tail of that law is an incomplete gamma function.

    Raises:
        ValueError: not as many counts as probabilities, or the probabilities do not sum to 1.
    """
    observed = torch.tensor(counts, dtype=torch.float64)
    if len(counts) != len(probabilities) or not math.isclose(sum(probabilities), 1):
        raise ValueError("give one probability for each count; together they make 1")
    expected = observed.sum() * torch.tensor(probabilities, dtype=torch.float64)
    chi2 = ((observed - expected) ** 2 / expected).sum()
    half_df = torch.tensor((len(counts) - 1) / 2, dtype=torch.float64)
    return torch.special.gammaincc(half_df, chi2 / 2).item()


def ks_p_value(sample: Tensor, cdf: Callable[[Tensor], Tensor]) -> float:
    """Return how likely a sample of ``cdf`` is to stray from it as far as ``sample`` does.

    Kolmogorov and Smirnov's statistic is the largest gap between the sample's own distribution
    function and ``cdf``, which must be continuous. The tail is Kolmogorov's series; it is exact
    as the sample grows, and good from about 100 values on.
    """
    n = sample.numel()
    target = cdf(sample.double().flatten().sort().values)  # (n,) ascending
    steps = torch.arange(n + 1, dtype=torch.float64, device=sample.device) / n
    gap = torch.maximum(steps[1:] - target, target - steps[:-1]).max().item()
    return _kolmogorov_tail(math.sqrt(n) * gap)


def _kolmogorov_tail(x: float) -> float:
    if x < 0.2:  # the series alternates without converging at 0; here the tail is 1 to 12 digits
        return 1.0
    return min(1.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * x) ** 2) for k in range(1, 101)))


def signal_stds(model: nn.Module, x: Tensor) -> tuple[list[float], list[float]]:
    """Send ``x`` forward and noise backward; return two stds per ``nn.Linear``.

    The first list holds those of the layers' outputs, the second those of the gradients
    that arrive there when N(0, 1) noise enters at the end, both in forward order. Hooks do
    the measuring: they are gone afterwards, and no ``.grad`` changes.
    """
    outputs: list[float] = []
    gradients: list[float] = []

    def measure(module, args, output):
        layer = len(outputs)
        outputs.append(output.std().item())
        gradients.append(math.nan)  # until backward comes by
        output.register_hook(lambda g: gradients.__setitem__(layer, g.std().item()))

    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    handles = [layer.register_forward_hook(measure) for layer in layers]
    try:
        y = model(x)
    finally:
        for handle in handles:
            handle.remove()
    weights = [p for p in model.parameters() if p.requires_grad]
    torch.autograd.grad(y, weights, torch.randn_like(y), allow_unused=True)
    return outputs, gradients
