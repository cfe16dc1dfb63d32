"""Seven optimizers train a small network on Fashion-MNIST, each at its best learning rate.

    python benchmarks/compare_optimizers.py [--quick]

Twice: at a constant rate, and with a warm-up and a cosine down to zero. Every optimizer gets the
same number of learning rates, half a decade apart. For each rate and seed the network is trained on
8,000 images, and the rate with the best mean loss on 2,000 others (the validation images) wins.
The winner trains again with seeds that had no say in the choice, and is measured on the 2,000 test
images. A seed fixes the first weights and the order of the batches, the same for every optimizer.
On one thread a run gives the same figures again, bit by bit. Three to four minutes on one core.
"""

import argparse
import itertools
import math
import statistics
import time

import torch
from torch.nn import functional as F

from torchnotes import load_images, results

EPOCHS = 6
BATCH = 100
HIDDEN = 100  # 784 - 100 - 10: 79,510 parameters
TUNING_SEEDS = (0, 1, 2)
FRESH_SEEDS = (10, 11, 12, 13, 14)
RATES = 8  # per optimizer

WARMUP = 0.05  # of all steps


def cosine(t: int, total: int) -> float:
    """Return the share of the rate at step ``t``: a linear warm-up, then a cosine to zero."""
    warmup = round(WARMUP * total)
    if t < warmup:
        return (t + 1) / warmup
    return (1 + math.cos(math.pi * (t - warmup) / (total - warmup))) / 2


SCHEDULES = {"constant": lambda t, total: 1.0, "cosine": cosine}

# the optimizer at a rate, and the exponent of the lowest rate in its grid
OPTIMIZERS = {
    "SGD": (lambda p, lr: torch.optim.SGD(p, lr), -2.5),
    "momentum": (lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9), -3.5),
    "Nesterov": (lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9, nesterov=True), -3.5),
    "RMSprop": (lambda p, lr: torch.optim.RMSprop(p, lr), -5.0),
    "Adam": (lambda p, lr: torch.optim.Adam(p, lr), -4.5),
    "AMSGrad": (lambda p, lr: torch.optim.Adam(p, lr, amsgrad=True), -4.5),
    "AdamW": (lambda p, lr: torch.optim.AdamW(p, lr), -4.5),
}


def rates(lowest: float) -> list[float]:
    """Return the learning rates of a grid: 0.0001, 0.000316, 0.001, ..."""
    return [float(f"{10 ** (lowest + k / 2):.3g}") for k in range(RATES)]


def train(make, schedule, lr: float, seed: int, epochs: int, train_set, held_out) -> dict:
    """Train one network and return its losses; ``None`` once one is not finite."""
    images, labels = train_set
    gen = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    model = torch.nn.Sequential(
        torch.nn.Linear(784, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, 10)
    )
    optimizer = make(model.parameters(), lr)
    curve = []  # the mean training loss of each epoch
    step, steps = 0, epochs * math.ceil(len(images) / BATCH)
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(images), generator=gen).split(BATCH):
            optimizer.param_groups[0]["lr"] = lr * schedule(step, steps)
            step += 1
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        curve.append(finite(total / len(images)))
    with torch.no_grad():
        logits = model(held_out[0])
    loss = F.cross_entropy(logits, held_out[1]).item()
    error = (logits.argmax(1) != held_out[1]).double().mean().item()
    return {"curve": curve, "loss": finite(loss), "error": error}


def finite(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None


def score(losses: list[float | None]) -> float:
    """Return the mean over seeds; a rate at which one run diverged is no choice."""
    return math.inf if None in losses else statistics.fmean(losses)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--quick", action="store_true", help="one epoch, one seed, three rates; saves nothing"
    )
    quick = parser.parse_args().quick
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    epochs, tuning_seeds = (1, TUNING_SEEDS[:1]) if quick else (EPOCHS, TUNING_SEEDS)
    images, labels = load_images(split="train")
    images = images.flatten(1)
    tune_on, validate_on = (images[:8000], labels[:8000]), (images[8000:], labels[8000:])
    test_images, test_labels = load_images(split="test")
    test_on = (test_images.flatten(1), test_labels)

    found, start = {}, time.perf_counter()
    for (kind, schedule), (name, (make, lowest)) in itertools.product(
        SCHEDULES.items(), OPTIMIZERS.items()
    ):
        grid = rates(lowest)[2:7:2] if quick else rates(lowest)
        tuning = [
            [train(make, schedule, lr, s, epochs, tune_on, validate_on) for s in tuning_seeds]
            for lr in grid
        ]
        losses = [[run["loss"] for run in runs] for runs in tuning]
        best = min(range(len(grid)), key=lambda k, of=losses: score(of[k]))
        fresh = [
            train(make, schedule, grid[best], s, epochs, tune_on, test_on) for s in FRESH_SEEDS
        ]
        found.setdefault(kind, {})[name] = {
            "rates": grid,
            "validation_loss": losses,  # per rate, per seed
            "lr": grid[best],
            "best_is_inside": 0 < best < len(grid) - 1,
            "train_loss": [run["curve"] for run in fresh],  # per seed, per epoch
            "test_loss": [run["loss"] for run in fresh],
            "test_error": [run["error"] for run in fresh],
        }
        losses, errors = ([run[key] for run in fresh] for key in ("loss", "error"))
        print(
            f"{kind:9} {name:9} lr {grid[best]:<8g} test loss {statistics.fmean(losses):.4f}"
            f" ± {statistics.stdev(losses) / len(losses) ** 0.5:.4f}"
            f"   error {100 * statistics.fmean(errors):.2f} %"
            f"   {time.perf_counter() - start:.0f} s",
            flush=True,
        )
    if quick:
        return
    settings = {
        "epochs": epochs,
        "batch": BATCH,
        "tuning_seeds": tuning_seeds,
        "fresh_seeds": FRESH_SEEDS,
        "train_images": len(tune_on[0]),
        "validation_images": len(validate_on[0]),
        "test_images": len(test_on[0]),
    }
    contents = {"settings": settings, "schedules": found}
    print("wrote", results.save("compare_optimizers", contents, "cpu"))


if __name__ == "__main__":
    main()
