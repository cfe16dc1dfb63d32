"""The one training loop of the dVAE chapter, and the one evaluation loop."""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn


def batches(images: Tensor, batch_size: int, generator: torch.Generator) -> Iterator[Tensor]:
    """Yield the images once, shuffled: (batch_size, ...), what is left over last."""
    order = torch.randperm(len(images), generator=generator)
    for rows in order.to(images.device).split(batch_size):
        yield images[rows]


def fit(
    model: nn.Module,
    images: Tensor,
    *,
    epochs: int,
    lr: float = 2e-3,
    batch_size: int = 128,
    seed: int = 0,
    before_step: Callable[[nn.Module, int, int], None] | None = None,
) -> dict[str, Tensor]:
    """Train ``model`` with Adam and return what its ``losses`` were, step by step.

    Args:
        model: its ``losses(batch)`` returns a dictionary of single numbers, of which ``"loss"`` is
            minimised. It is left in training mode.
        images: (N, 1, 28, 28).
        epochs: how often every image is seen.
        lr: Adam's learning rate; it falls to a tenth over the run, along half a cosine.
        batch_size: images per step.
        seed: of the order of the images and of everything the model draws (the global generator).
        before_step: called as ``before_step(model, step, steps)``; sets a schedule, say.

    Returns:
        for each name in ``losses``: (steps,) on the CPU.

    Raises:
        FloatingPointError: the loss is no longer a number.
    """
    torch.manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    steps = epochs * -(-len(images) // batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps, eta_min=lr / 10)
    history: list[dict[str, Tensor]] = []
    model.train()
    for _ in range(epochs):
        for x in batches(images, batch_size, order):
            if before_step is not None:
                before_step(model, len(history), steps)
            losses = model.losses(x)
            optimizer.zero_grad(set_to_none=True)
            losses["loss"].backward()
            optimizer.step()
            schedule.step()
            history.append({name: value.detach() for name, value in losses.items()})
    if not torch.isfinite(history[-1]["loss"]):  # once, at the end: a look would wait for a GPU
        raise FloatingPointError("the loss is not a number: lower lr")
    return {name: torch.stack([h[name] for h in history]).cpu() for name in history[0]}


@torch.no_grad()
def evaluate(
    function: Callable[[Tensor], dict[str, Tensor]], images: Tensor, batch_size: int = 500
) -> dict[str, float]:
    """Return the mean over the images of each number that ``function`` returns for a batch.

    Args:
        function: takes (B, 1, 28, 28), returns a dictionary of (B,) tensors, one number per image,
            or of single numbers, a batch's mean.
        images: (N, 1, 28, 28).
        batch_size: images at a time.
    """
    totals: dict[str, float] = {}
    for x in images.split(batch_size):
        for name, value in function(x).items():
            totals[name] = totals.get(name, 0.0) + float(value.double().mean()) * len(x)
    return {name: total / len(images) for name, total in totals.items()}
