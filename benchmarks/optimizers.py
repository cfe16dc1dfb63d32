"""How long one step of Adam takes: our two ways and torch's three, for three sizes of model.

    python benchmarks/optimizers.py [--quick] [--device cpu]

Every way updates parameters of its own with the same gradients. The ways take turns, a few steps
each, and every round starts with another one: what disturbs the machine for a while disturbs all
of them, so that medians and ratios within one run can be trusted more than milliseconds.
"""

import argparse
import statistics

import torch

from torchnotes import results
from torchnotes.adam import Adam
from torchnotes.costs import take_turns, waiting

LAYERS = 20  # a weight and a bias each: 40 tensors
ROUNDS = {100_000: 101, 1_000_000: 61, 10_000_000: 31}  # parameters: rounds
SECONDS = 0.01  # of steps in a turn, so that the clock's resolution does not matter

WAYS = {
    "ours, for-loop": lambda params: Adam(params, foreach=False),
    "ours, foreach": lambda params: Adam(params, foreach=True),
    "torch, for-loop": lambda params: torch.optim.Adam(params, foreach=False),
    "torch, foreach": lambda params: torch.optim.Adam(params, foreach=True),
    "torch, fused": lambda params: torch.optim.Adam(params, fused=True),
}


def model_of(size: int, device: torch.device) -> torch.nn.Sequential:
    """Return a model with about ``size`` parameters in ``2 * LAYERS`` tensors."""
    width = round((size / LAYERS) ** 0.5)
    return torch.nn.Sequential(
        *(torch.nn.Linear(width, width, device=device) for _ in range(LAYERS))
    )


def measure(size: int, rounds: int, device: torch.device) -> dict:
    """Time every way in turn and return the milliseconds per step: median and quartiles."""
    torch.manual_seed(0)
    grads = [torch.randn_like(p) for p in model_of(size, device).parameters()]
    step, steps, many = {}, {}, {}
    for name, make in WAYS.items():
        params = list(model_of(size, device).parameters())
        for p, g in zip(params, grads, strict=True):
            p.grad = g
        step[name] = make(params).step
    wait = waiting(device)
    # warm up: state, caches, clock speed
    for name, seconds in take_turns(step, 3, warmup=3, wait=wait).items():
        steps[name] = max(1, round(SECONDS / min(seconds)))
        many[name] = lambda step=step[name], n=steps[name]: [step() for _ in range(n)]
    times = {
        name: [1e3 * s / steps[name] for s in seconds]
        for name, seconds in take_turns(many, rounds, warmup=0, wait=wait).items()
    }

    reference = times["torch, foreach"]
    ways = {}
    for name, ms in times.items():
        low, median, high = statistics.quantiles(ms, n=4)
        # within each round, then the median: robust against a disturbance that comes and goes
        ratio = statistics.median(a / b for a, b in zip(ms, reference, strict=True))
        ways[name] = {"ms": median, "quartiles": [low, high], "ratio": ratio}
    return {
        "parameters": sum(g.numel() for g in grads),
        "tensors": len(grads),
        "rounds": rounds,
        "ways": ways,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the rounds; saves nothing")
    parser.add_argument("--device", type=torch.device, default=torch.device("cpu"))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    measured = []
    for size, rounds in ROUNDS.items():
        row = measure(size, max(3, rounds // 10) if arguments.quick else rounds, arguments.device)
        measured.append(row)
        print(f"{row['parameters']:,} parameters in {row['tensors']} tensors")
        for name, way in row["ways"].items():
            print(f"  {name:16} {way['ms']:8.3f} ms   {way['ratio']:5.2f} x torch, foreach")
    if not arguments.quick:
        print("wrote", results.save("optimizers", measured, arguments.device))


if __name__ == "__main__":
    main()
