"""Language models of characters on `austen`: RetNet, Transformer, relatives, Table 6's ablations.

    python benchmarks/train_lm.py [--preset cpu|gpu|quick] [--groups NAME ...] [--seeds N ...]
        [--fresh]
    torchrun --nproc-per-node 8 benchmarks/train_lm.py --preset gpu

Every run has the same text, windows, optimizer and parameters per block; what differs is named.
Each family's learning rate is the best of those tried by bits per character on the validation part,
after a short training; the test part is looked at once, at the end. A seed fixes the first weights
and the windows. Results are written after every run, and a run that is there is not repeated,
unless ``--fresh``; one that was interrupted goes on from its last checkpoint. Under torchrun each
process takes a share of every batch. The preset ``cpu`` takes 40 minutes of one core.
"""

import argparse
import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn

from torchnotes import device, load_text, results
from torchnotes.data import CharVocab
from torchnotes.relatives.h3 import H3
from torchnotes.relatives.hyena import Hyena
from torchnotes.relatives.language_model import MixerLM
from torchnotes.relatives.linear_attention import LinearAttention
from torchnotes.relatives.rwkv import RWKV
from torchnotes.retention import paper_log_gamma, spread_log_gamma
from torchnotes.retnet import RetNet
from torchnotes.text import (
    bits_by_position,
    bits_per_char,
    train_lm,
    train_val_test_split,
    yardsticks,
)
from torchnotes.transformer import Transformer

NAME = "train_lm"
CHECKPOINTS = results.REPOSITORY / "_build" / "checkpoints"


class Size(NamedTuple):
    """Width, blocks and heads: 12 num_layers d_model^2 parameters in the blocks."""

    d_model: int
    num_layers: int
    num_heads: int

    @property
    def name(self) -> str:
        return f"{self.d_model}x{self.num_layers}"


PRESETS = {
    "cpu": {
        "sizes": [Size(48, 1, 4), Size(64, 2, 4), Size(96, 3, 4)],
        "small": Size(64, 2, 4),  # ablations and relatives: many runs
        "seeds": [0, 1, 2],
        "steps": 600,
        "tuning_steps": 300,
        "batch_size": 8,
        "length": 256,
        "warmup": 50,
        "rates": [3e-3, 6e-3, 1.2e-2, 2.4e-2],
        "head_dim": 4,  # Table 6's last row: a quarter of what the others have
    },
    "gpu": {
        "sizes": [Size(128, 4, 4), Size(256, 6, 4), Size(384, 8, 6)],
        "small": Size(128, 4, 4),
        "seeds": [0, 1, 2],
        "steps": 1500,  # some minutes for a part: what is done is kept, so it can be run again
        "tuning_steps": 300,
        "batch_size": 64,
        "length": 512,
        "warmup": 150,
        "rates": [1e-3, 2e-3, 4e-3, 8e-3],
        "head_dim": 8,
    },
    "quick": {
        "sizes": [Size(16, 1, 2), Size(32, 1, 2)],
        "small": Size(16, 1, 2),
        "seeds": [0],
        "steps": 6,
        "tuning_steps": 2,
        "batch_size": 4,
        "length": 32,
        "warmup": 2,
        "rates": [3e-3, 1e-2],
        "head_dim": 2,
    },
}
# Of characters the last few count most: RetNet's heads remember from 2 to 256 of them. What the
# paper's own horizons, made for words, come to is the last of the ablations.
SPREAD = spread_log_gamma
# Table 6 of Sun et al. 2023; "head dim" is put in by the preset
ABLATIONS: dict[str, dict] = {
    "gate": {"gate": False},
    "group norm": {"group_norm": False},
    "gamma decay": {"gamma_decay": False},
    "multi-scale": {"multi_scale": False},
    "Eq. 8 gamma": {"schedule": paper_log_gamma},
}


class ChunkwiseRetNet(RetNet):
    """A RetNet whose usual form is the chunkwise one: the same numbers, sooner."""

    def forward(self, tokens, form="chunkwise", *arguments, **options):
        return super().forward(tokens, form, *arguments, **options)


class TokenShift(nn.Module):
    """Mix each token with the one before it, by a learned share per channel, as RWKV does."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.full((d_model,), 0.5))

    def forward(self, x: torch.Tensor) -> torch.Tensor:  # (B, T, d_model)
        before = nn.functional.pad(x, (0, 0, 1, -1))
        return x.lerp(before, self.mix)


def shifted_retnet(vocab_size: int, d_model: int, *shape: int) -> RetNet:
    """Return a RetNet whose retention gets shifted tokens: is that what RWKV's lead is made of?"""
    model = retnet(vocab_size, d_model, *shape)
    for block in model.blocks:
        block.norm_1 = nn.Sequential(block.norm_1, TokenShift(d_model))
    return model


def retnet(vocab_size: int, d_model: int, num_layers: int, num_heads: int | None, **options):
    """Return the RetNet of all comparisons, or with some of its options changed."""
    options = {"schedule": SPREAD, **options}
    return ChunkwiseRetNet(vocab_size, d_model, num_layers, num_heads, **options)


class Run(NamedTuple):
    """A training: what is made, and which family's learning rate it has."""

    group: str
    name: str
    family: str
    seed: int
    size: Size
    make: Callable[[], nn.Module]


def relatives(vocab_size: int, size: Size, length: int) -> dict[str, Callable[[], nn.Module]]:
    """Return Table 5's other models, made like RetNet but for the layer that mixes tokens."""
    d, layers, heads = size
    mixers = {
        "linear attention": lambda: LinearAttention(d, heads),
        "RWKV": lambda: RWKV(d),
        "H3": lambda: H3(d, num_heads=d // 8),  # heads of 8, as the paper had
        "Hyena": lambda: Hyena(d, max_length=length),
    }
    return {name: lambda m=m: MixerLM(vocab_size, d, layers, m) for name, m in mixers.items()}


def families(vocab_size: int, settings: dict) -> dict[str, Callable[[], nn.Module]]:
    """Return what has a learning rate of its own, at the size at which it is tuned."""
    size = settings["small"]
    return {
        "RetNet": lambda: retnet(vocab_size, *size),
        "RetNet, Eq. 8": lambda: retnet(vocab_size, *size, schedule=paper_log_gamma),
        "Transformer": lambda: Transformer(vocab_size, *size),
        **relatives(vocab_size, size, settings["length"]),
    }


def runs(vocab_size: int, settings: dict) -> Iterator[Run]:
    """Yield all trainings, seed by seed: whoever stops early has whole rows of the tables."""
    small = settings["small"]
    head_dim = {"num_heads": None, "head_dim": settings["head_dim"]}
    ablations = ABLATIONS | {"head dim": head_dim}
    for seed in settings["seeds"]:
        for size in settings["sizes"]:
            for family, kind in (("RetNet", retnet), ("Transformer", Transformer)):
                make = lambda kind=kind, size=size: kind(vocab_size, *size)  # noqa: E731
                yield Run("sizes", f"{family} {size.name}", family, seed, size, make)
        for name, options in ablations.items():
            options = {"num_heads": small.num_heads, **options}
            make = lambda o=options: retnet(vocab_size, small.d_model, small.num_layers, **o)  # noqa: E731
            family = "RetNet, Eq. 8" if "schedule" in options else "RetNet"
            yield Run("ablations", name, family, seed, small, make)
        for name, make in relatives(vocab_size, small, settings["length"]).items():
            yield Run("relatives", name, name, seed, small, make)
        make = lambda: shifted_retnet(vocab_size, *small)  # noqa: E731
        yield Run("relatives", "RetNet, shifted", "RetNet", seed, small, make)


class Trainer:
    """Trains and measures; under torchrun with a share of each batch per process."""

    def __init__(self, settings: dict, preset: str) -> None:
        self.settings, self.preset = settings, preset
        self.rank = int(os.environ.get("RANK", 0))
        self.processes = int(os.environ.get("WORLD_SIZE", 1))
        self.device = device()
        if self.processes > 1:
            if self.device.type == "cuda":
                self.device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
                torch.cuda.set_device(self.device)
            backend = "nccl" if self.device.type == "cuda" else "gloo"
            torch.distributed.init_process_group(backend)
        text = load_text("austen")
        self.vocab = CharVocab(text)
        self.texts = train_val_test_split(text)
        self.train, self.val, self.test = (
            self.vocab.encode(part).to(self.device) for part in self.texts
        )

    def fit(self, make: Callable[[], nn.Module], steps: int, lr: float, seed: int, name: str):
        """Return the trained model, its history and the seconds it took."""
        s = self.settings
        torch.manual_seed(seed)
        model = make().to(self.device)
        wrapped = model
        if self.processes > 1:
            wrapped = nn.parallel.DistributedDataParallel(model)
        slug = "".join(c if c.isalnum() else "-" for c in f"{self.preset} {name} {lr} {steps}")
        checkpoint = CHECKPOINTS / f"{slug}.pt"
        CHECKPOINTS.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        history = train_lm(
            wrapped,
            self.train,
            steps=steps,
            batch_size=s["batch_size"],
            length=s["length"],
            lr=lr,
            warmup=min(s["warmup"], steps // 4),
            seed=seed,
            shard=(self.rank, self.processes),
            checkpoint=checkpoint,
            after_step=self._progress(name, steps),
        )
        seconds = time.perf_counter() - start
        if self.processes > 1:
            torch.distributed.barrier()  # nobody still reads it
        if self.rank == 0:
            checkpoint.unlink(missing_ok=True)
        return model, history, seconds

    def _progress(self, name: str, steps: int):
        def show(model: nn.Module, step: int, loss: torch.Tensor) -> None:
            if self.rank == 0 and step % 200 == 0:
                print(f"    {name}: step {step} of {steps}, {float(loss):.3f} nats", flush=True)

        return show

    def validate(self, make: Callable[[], nn.Module], lr: float, name: str) -> float:
        """Return the bits per character on the validation part after a short training."""
        model, _, _ = self.fit(make, self.settings["tuning_steps"], lr, 0, f"{name} rate")
        return bits_per_char(model, self.val, length=self.settings["length"])

    def measure(self, run: Run, lr: float) -> dict:
        """Train, and return what the pages show: bits per character on the test part."""
        name = f"{run.name} seed {run.seed}"
        model, history, seconds = self.fit(run.make, self.settings["steps"], lr, run.seed, name)
        length = self.settings["length"]
        found = {
            "bits": bits_per_char(model, self.test, length=length),
            "parameters": sum(p.numel() for p in model.parameters()),
            "lr": lr,
            "seconds": round(seconds, 1),
            # of 25 steps each: single batches are too rough to draw
            "loss": [round(float(x.mean()), 4) for x in history["loss"].split(25)],
            "grad_norm": [round(float(x.max()), 3) for x in history["grad_norm"].split(25)],
        }
        if run.group == "sizes":
            position = bits_by_position(model, self.test, length=length)
            edges = [0, *itertools.takewhile(lambda n: n < length, (2**k for k in range(20)))]
            pairs = itertools.pairwise([*edges, length])
            found["by_position"] = {str(a): float(position[a:b].mean()) for a, b in pairs}
            generator = torch.Generator().manual_seed(0)
            prompt = self.vocab.encode("\nMr. Darcy").to(self.device)[None]
            drawn = model.generate(prompt, 300, temperature=0.8, generator=generator)
            found["sample"] = self.vocab.decode(drawn[0].cpu())
        return found


def merged(found: dict, here: torch.device) -> dict:
    """Return the results with those that the device's file has beside them, if settings agree."""
    try:
        there = results.load(NAME, results.environment(here)["folder"])["results"]
    except FileNotFoundError:
        return found
    if there["settings"] != found["settings"]:
        return found
    both = {**there, **found, "rates": dict(there["rates"]), "runs": dict(there["runs"])}
    for family, rates in found["rates"].items():
        both["rates"][family] = {**there["rates"].get(family, {}), **rates}
    for group, names in found["runs"].items():
        both["runs"][group] = dict(there["runs"].get(group, {}))
        for name, seeds in names.items():
            both["runs"][group][name] = {**both["runs"][group].get(name, {}), **seeds}
    return both


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", choices=PRESETS, default=None)
    parser.add_argument("--groups", nargs="+", choices=("sizes", "ablations", "relatives"))
    parser.add_argument("--seeds", nargs="+", type=int, help="the preset's by default")
    parser.add_argument("--fresh", action="store_true", help="repeat runs that are there")
    parser.add_argument("--quick", action="store_true", help="a tiny part; saves nothing")
    args = parser.parse_args()
    here = device()
    preset = args.preset or ("cpu" if here.type == "cpu" else "gpu")
    preset = "quick" if args.quick else preset
    if here.type == "cpu":
        torch.set_num_threads(1)  # the same figures on every machine
    torch.backends.cuda.matmul.allow_tf32 = True
    settings = PRESETS[preset]
    if strange := set(args.seeds or []) - set(settings["seeds"]):
        parser.error(f"--seeds {sorted(strange)}: the preset {preset} has {settings['seeds']}")
    trainer = Trainer(settings, preset)
    stated = {
        **{k: v for k, v in settings.items() if k not in ("sizes", "small")},
        "sizes": [size._asdict() for size in settings["sizes"]],
        "small": settings["small"]._asdict(),
        "preset": preset,
        "processes": trainer.processes,
    }
    found = {"settings": stated, "rates": {}, "runs": {}}
    keep = preset != "quick"
    if keep and not args.fresh:
        found = merged(found, here)

    def save() -> None:
        if keep and trainer.rank == 0:
            # what another process, with other groups, has saved meanwhile stays
            results.save(NAME, found if args.fresh else merged(found, here), here)

    vocab_size = len(trainer.vocab)
    train_text, _, test_text = trainer.texts
    found.setdefault("yardsticks", yardsticks(test_text, train_text))
    groups = args.groups or ("sizes", "ablations", "relatives")
    seeds = args.seeds or settings["seeds"]
    chosen = [run for run in runs(vocab_size, settings) if run.seed in seeds]
    wanted = [run for run in chosen if run.group in groups]
    for family, make in families(vocab_size, settings).items():
        if not any(run.family == family for run in wanted):
            continue
        rates = found["rates"].setdefault(family, {})
        for lr in settings["rates"]:
            if str(lr) not in rates:
                rates[str(lr)] = trainer.validate(make, lr, family)
                if trainer.rank == 0:
                    print(f"{family}: lr {lr:g} {rates[str(lr)]:.3f} bits, validation", flush=True)
                save()
    for run in wanted:
        there = found["runs"].setdefault(run.group, {}).setdefault(run.name, {})
        if str(run.seed) in there:
            continue
        rates = found["rates"][run.family]
        # tuned at one width; wider layers take smaller steps (Yang et al. 2021)
        lr = float(min(rates, key=rates.get)) * settings["small"].d_model / run.size.d_model
        there[str(run.seed)] = trainer.measure(run, lr)
        save()
        if trainer.rank == 0:
            r = there[str(run.seed)]
            print(
                f"{run.group:9} {run.name:18} seed {run.seed}: {r['bits']:.3f} bits per character, "
                f"{r['parameters']} parameters, {r['seconds']:.0f} s",
                flush=True,
            )
    if trainer.processes > 1:
        torch.distributed.destroy_process_group()
    path = Path(results.RESULTS) / results.environment(here)["folder"] / f"{NAME}.json"
    if keep and trainer.rank == 0:
        print("wrote", path.relative_to(results.REPOSITORY))


if __name__ == "__main__":
    main()
