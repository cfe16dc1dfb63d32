"""Training throughput and memory of whole models: RetNet and a Transformer of its size, by length.

    python benchmarks/pretrain.py [--preset cpu|gpu] [--quick] [--sizes 1.3B ...]
        [--lengths 8192 ...] [--ways flash "chunks_at_once*" ...] [--resume]

A step is forward, cross-entropy, backward and AdamW. Its number of tokens is the same at every
length: the batch is smaller where the text is longer. The ways are fused attention by each of its
kernels, and chunkwise retention as a loop and with all chunks at once; on a GPU all of them eager
and compiled. A way's first loss is compared, token by token, with another computation of the same
model, and one that differs is not timed. Beside each time stands its floor: the model's flops, by
formula, at the matmul rate measured in the same run. What is computed twice to save memory (the
logits; the blocks that a size checkpoints) counts once.

Every row is filed as soon as it is there, and replaces the row of its size, way and length: parts
may be run one after the other, and --resume leaves alone what this commit and this torch have
measured. On one H200, parts of some minutes each are

    --sizes 1.3B --ways flash cudnn "*[0-9]"        eager, all lengths
    --sizes 2.7B --ways flash cudnn "*[0-9]"        the same; --lengths 32768 apart from the others
    --sizes 6.7B --ways flash cudnn "*[0-9]" --lengths 8192    and so for each length
    --sizes 1.3B --ways "*compiled" --lengths 8192             and so for each size and length

Set PYTORCH_ALLOC_CONF=expandable_segments:True, so that no memory lies in pieces too small: counted
from what its blocks save, the loop at 1.3B needs about 125 of an H200's 139 GiB. The preset cpu
takes 4 minutes of one core.
"""

import argparse
import contextlib
import fnmatch
import functools
import gc
import math
import re
import time
from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.checkpoint import checkpoint

from torchnotes import device, results
from torchnotes.costs import (
    attention_flops,
    chunkwise_flops,
    crossover,
    growth_exponent,
    matmul_rate,
    saved_bytes,
    spread,
    take_turns,
    waiting,
)
from torchnotes.retnet import HeadNorm, RetNet
from torchnotes.transformer import Transformer

NAME = "pretrain"
RETNET, TRANSFORMER = "RetNet", "Transformer"
COMPILED = ", compiled"
LOOP, AT_ONCE = "chunkwise", "chunks_at_once"
KERNELS = {
    "flash": SDPBackend.FLASH_ATTENTION,
    "cudnn": SDPBackend.CUDNN_ATTENTION,
    "efficient": SDPBackend.EFFICIENT_ATTENTION,
    "math": SDPBackend.MATH,
}
BETAS, WEIGHT_DECAY = (0.9, 0.98), 0.05  # Sun et al. 2023, section 3.1

PRESETS: dict[str, dict] = {
    "gpu": {
        # Table 2 of the paper. Of so many blocks only the inputs are kept, and the rest is computed
        # again in backward: what 139 GiB need at 32k tokens, the same for both models
        "sizes": {
            "1.3B": {"d_model": 2048, "num_layers": 24, "lr": 6e-4, "checkpointed": 0},
            "2.7B": {"d_model": 2560, "num_layers": 32, "lr": 3e-4, "checkpointed": 20},
            "6.7B": {
                "d_model": 4096,
                "num_layers": 32,
                "lr": 3e-4,
                "checkpointed": 26,
                "weights": "bfloat16",  # and its moments: 54 GB; in float32 they would be 107
            },
        },
        "vocab_size": 32768,
        "head_dim": 256,  # d_k; d_v = 512
        "attention_head_dim": 128,
        "lengths": [8192, 16384, 32768],
        "tokens": 32768,  # per step
        "piece": 4096,  # positions whose logits are in memory together
        "chunk_sizes": [256, 512],
        "kernels": ["flash", "cudnn"],
        "reference_kernel": "efficient",
        "compiled": True,
        "compiled_chunks": 16,  # the compiler unrolls the loop: more take it minutes
        "dtype": "bfloat16",
        "together": False,  # one way at a time: memory
        "seconds": 6.0,  # per way and length, about
        "loss_limit": 1e-2,
        "nats_limit": 0.04,
    },
    "cpu": {
        "sizes": {"0.8M": {"d_model": 128, "num_layers": 4, "lr": 1e-3, "checkpointed": 0}},
        "vocab_size": 256,
        "head_dim": 64,
        "attention_head_dim": 64,
        "lengths": [256, 512, 1024, 2048, 4096],
        "tokens": 4096,
        "piece": 4096,
        "chunk_sizes": [64, 128],
        "kernels": ["flash"],
        "reference_kernel": "math",
        "compiled": False,
        "compiled_chunks": 0,
        "dtype": "float32",
        "together": True,  # the ways take turns
        "seconds": 30.0,
        "loss_limit": 1e-5,
        "nats_limit": 1e-4,
    },
    "quick": {
        "sizes": {"tiny": {"d_model": 16, "num_layers": 2, "lr": 1e-3, "checkpointed": 1}},
        "vocab_size": 32,
        "head_dim": 8,
        "attention_head_dim": 8,
        "lengths": [16, 32, 64],
        "tokens": 64,
        "piece": 24,
        "chunk_sizes": [8, 16],
        "kernels": ["flash"],
        "reference_kernel": "math",
        "compiled": False,
        "compiled_chunks": 0,
        "dtype": "float32",
        "together": True,
        "seconds": 0.02,
        "loss_limit": 1e-5,
        "nats_limit": 1e-4,
    },
}
PRESETS["quick-half"] = {
    **PRESETS["quick"],
    "sizes": {"tiny": {**PRESETS["quick"]["sizes"]["tiny"], "weights": "bfloat16"}},
    "dtype": "bfloat16",
    "together": False,
    "loss_limit": 1e-2,
    "nats_limit": 0.04,
}


class Differs(Exception):
    """A way computes something else than its model."""


# --- what a way is --------------------------------------------------------------------------------


def names(settings: dict) -> list[str]:
    """Return the ways' names; the last are those that compile longest."""
    eager = [*settings["kernels"]]
    eager += [f"{form} {size}" for form in (AT_ONCE, LOOP) for size in settings["chunk_sizes"]]
    return eager + [name + COMPILED for name in eager if settings["compiled"]]


def model_of(name: str) -> str:
    """Return which model the way trains."""
    return TRANSFORMER if name.removesuffix(COMPILED) in KERNELS else RETNET


def form_of(name: str) -> dict:
    """Return what RetNet is told: "chunkwise 64" is {"form": ..., "chunk_size": 64}."""
    form, size = name.removesuffix(COMPILED).split()
    return {"form": form, "chunk_size": int(size)}


def reference_of(name: str, settings: dict) -> str:
    """Return the way that its first loss is compared with: another kernel, or the loop."""
    if model_of(name) == TRANSFORMER:
        return settings["reference_kernel"]
    return f"{LOOP} {settings['chunk_sizes'][0]}"


def batch_of(settings: dict, length: int) -> int:
    """Return the number of sequences in a step."""
    return max(1, settings["tokens"] // length)


def parameters_in_products(size: dict, settings: dict) -> int:
    """Return 12 L d_model^2 + V d_model: all weights but the table, which is only looked up."""
    d = size["d_model"]
    return 12 * size["num_layers"] * d**2 + settings["vocab_size"] * d


def step_flops(name: str, size: dict, settings: dict, length: int) -> int:
    """Return the flops of a step: 6 per weight and token, and what mixes the tokens, three times.

    Backward is twice forward. Causal attention needs half of the square. The triangle of the
    chunks at once is not counted: the model does not need it.
    """
    d, d_k = size["d_model"], settings["head_dim"]
    if model_of(name) == TRANSFORMER:
        mixing = attention_flops(length, d)
    else:
        chunk_size = min(form_of(name)["chunk_size"], length)
        mixing = chunkwise_flops(length, d, d_k, 2 * d_k, chunk_size)
    products = 6 * length * parameters_in_products(size, settings)
    return batch_of(settings, length) * (products + 3 * size["num_layers"] * mixing)


# --- a step ---------------------------------------------------------------------------------------


def make_model(name: str, size: dict, settings: dict, where: torch.device) -> nn.Module:
    """Return the way's model; the same weights at every call on one device."""
    d, layers, vocab_size = size["d_model"], size["num_layers"], settings["vocab_size"]
    before = torch.get_default_dtype()
    torch.manual_seed(0)
    torch.set_default_dtype(getattr(torch, size.get("weights", "float32")))
    try:
        with where:
            if model_of(name) == RETNET:
                model = RetNet(vocab_size, d, layers, head_dim=settings["head_dim"])
            else:
                model = Transformer(vocab_size, d, layers, d // settings["attention_head_dim"])
    finally:
        torch.set_default_dtype(before)
    dtype = getattr(torch, settings["dtype"])
    for module in model.modules() if dtype != torch.float32 else []:
        if isinstance(module, (nn.LayerNorm, HeadNorm)):
            # autocast makes them return float32, and each product after them a copy of its own
            module.register_forward_hook(lambda module, inputs, out: out.to(dtype))
    return model.to(where)


def make_tokens(settings: dict, length: int, where: torch.device) -> Tensor:
    """Return random tokens, (B, T + 1), the same on every device."""
    generator = torch.Generator().manual_seed(0)
    shape = (batch_of(settings, length), length + 1)
    return torch.randint(settings["vocab_size"], shape, generator=generator).to(where)


def run_block(block: nn.Module, x: Tensor, turns: tuple[Tensor, Tensor], how: dict) -> Tensor:
    """Return a block's output, (B, T, d_model)."""
    out = block(x, turns=turns, **how)
    return out[0] if how else out  # RetNet's has a state beside it


def piece_nats(head: nn.Module, x: Tensor, targets: Tensor) -> Tensor:
    """Return -ln p(target) at some positions: (N, d_model), (N,) -> (N,) float32."""
    return F.cross_entropy(head(x).float(), targets, reduction="none")


# what is computed again is what was computed before: nothing here draws random numbers
again = functools.partial(checkpoint, use_reentrant=False, preserve_rng_state=False)


def token_nats(model: nn.Module, tokens: Tensor, how: dict, checkpointed: int, piece: int, fast):
    """Return -ln p of every next token, (B * T,) float32.

    The blocks' outputs are turned into logits piece by piece, again in backward: at once, those of
    32k positions and their gradients would be 17 GB.

    Args:
        model: ``RetNet`` or ``Transformer``.
        tokens: (B, T + 1).
        how: ``form_of`` the way; {} for the Transformer.
        checkpointed: blocks of which only the input is kept for backward.
        piece: positions at a time.
        fast: ``torch.compile``, or what returns its argument.
    """
    block_of, nats_of = fast(run_block), fast(piece_nats)
    inputs, targets = tokens[:, :-1], tokens[:, 1:].flatten()
    first = model.blocks[0]
    layer = first.retention if how else first.attention
    turns = layer.turns(torch.arange(inputs.shape[1], device=tokens.device))
    x = model.embedding(inputs)  # (B, T, d_model)
    for i, block in enumerate(model.blocks):
        arguments = block, x, turns, how
        x = again(block_of, *arguments) if i < checkpointed else block_of(*arguments)
    x = model.norm(x).flatten(0, 1)  # (B * T, d_model)
    pieces = zip(x.split(piece), targets.split(piece), strict=True)
    return torch.cat([again(nats_of, model.head, *pair) for pair in pieces])


def eager(function: Callable) -> Callable:
    """Return the function as it is."""
    return function


class Trainer:
    """A model, its optimizer and one batch: a step at a time."""

    def __init__(self, name: str, size: dict, settings: dict, length: int, where) -> None:
        self.name, self.size, self.settings, self.where = name, size, settings, where
        self.model = make_model(name, size, settings, where)
        self.tokens = make_tokens(settings, length, where)
        self.dtype = getattr(torch, settings["dtype"])
        # all weights are matrices. The fused step is one kernel: there is none elsewhere
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(),
            lr=size["lr"],
            betas=BETAS,
            weight_decay=WEIGHT_DECAY,
            fused=where.type in ("cuda", "cpu"),
        )
        self.fast = eager
        if name.endswith(COMPILED):
            # its key leaves out which kernel attention may use: one's code would serve another
            if hasattr(torch._functorch.config, "enable_autograd_cache"):  # torch 2.4 has none
                torch._functorch.config.enable_autograd_cache = False
            self.fast = functools.cache(functools.partial(torch.compile, dynamic=False))

    @contextlib.contextmanager
    def restricted(self, name: str) -> Iterator[None]:
        """Allow attention the way's own kernel alone: another one would be an error."""
        kernel = KERNELS.get(name.removesuffix(COMPILED))
        with sdpa_kernel(kernel) if kernel else contextlib.nullcontext():
            yield

    def nats(self, name: str, checkpointed: int, fast: Callable = eager) -> Tensor:
        """Return -ln p of every token, by any of the model's ways, (B * T,)."""
        how = {} if model_of(name) == TRANSFORMER else form_of(name)
        half = self.dtype != torch.float32
        # its own autocast: weights that an earlier one cast without gradients have none
        with torch.autocast(self.where.type, self.dtype) if half else contextlib.nullcontext():
            piece = self.settings["piece"]
            return token_nats(self.model, self.tokens, how, checkpointed, piece, fast)

    @torch.no_grad()
    def reference(self) -> Tensor:
        """Return the tokens' -ln p as another way computes them, (B * T,)."""
        name = reference_of(self.name, self.settings)
        with self.restricted(name):
            return self.nats(name, 0)

    def step(self) -> Tensor:
        """Train on the batch; return the tokens' -ln p before it, (B * T,)."""
        with self.restricted(self.name):  # backward, too: it computes blocks again
            nats = self.nats(self.name, self.size["checkpointed"], self.fast)
            nats.mean().backward()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return nats.detach()

    def memory(self) -> int:
        """Return the peak of the bytes in a step, all included, or what is saved for backward."""
        if self.where.type != "cuda":
            with self.restricted(self.name):
                return saved_bytes(lambda: self.nats(self.name, 0))
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        self.step()
        torch.cuda.synchronize()
        return torch.cuda.max_memory_allocated()


def differences(nats: Tensor, reference: Tensor) -> tuple[float, float]:
    """Return how much two computations of (N,) losses differ: in their mean, and by token.

    The mean's, relative, says little about a model with random weights: its loss is near ln V
    whatever it computes, off by 3e-3 even if retention forgets all earlier chunks. What tells is
    the root mean square of the tokens' differences, in units of the tokens' spread: then it is
    0.4. Without zeta it is 0.06; bfloat16 alone makes it 0.005, and 0.02 where weights are so, too.
    """
    nats, reference = nats.cpu().double(), reference.cpu().double()
    mean = abs(nats.mean() / reference.mean() - 1)
    return float(mean), float((nats - reference).square().mean().sqrt() / reference.std())


def compare(trainer: Trainer) -> dict:
    """Take the first step and return its loss, how it differs from the reference, and seconds.

    Raises:
        Differs: by more than the settings allow.
    """
    reference = trainer.reference()
    wait = waiting(trainer.where)
    wait()
    start = time.perf_counter()
    nats = trainer.step()
    wait()
    seconds = time.perf_counter() - start
    mean, by_token = differences(nats, reference)
    limits = trainer.settings["loss_limit"], trainer.settings["nats_limit"]
    if not (mean <= limits[0] and by_token <= limits[1]):  # so that NaN differs
        raise Differs(f"wrong: loss off by {mean:.1e}, tokens' losses by {by_token:.1e}")
    return {
        "loss": float(nats.cpu().double().mean()),
        "loss_difference": mean,
        "nats_difference": by_token,
        "first_step_seconds": seconds,  # with what it compiled
    }


# --- measuring ------------------------------------------------------------------------------------


def left_out(name: str, settings: dict, length: int) -> str | None:
    """Return why a way is not even tried."""
    if name.startswith(LOOP) and name.endswith(COMPILED):
        chunks = math.ceil(length / form_of(name)["chunk_size"])
        if chunks > settings["compiled_chunks"]:
            return f"the compiler would unroll a loop of {chunks} chunks"
    return None


def reason(error: Exception) -> str:
    """Return the first line of an error, without the folders of this machine."""
    if isinstance(error, torch.cuda.OutOfMemoryError):
        return "out of memory"
    if isinstance(error, Differs):
        return str(error)
    first = (str(error).strip().splitlines() or [""])[0][:200]
    return f"{type(error).__name__}: " + re.sub(r"(?:/[\w.+-]+)+/", "", first)


def prepare(name: str, size: dict, settings: dict, length: int, where) -> tuple[Callable, dict]:
    """Return the way's step, which has run twice or more, and what was seen on the way."""
    trainer = Trainer(name, size, settings, length, where)
    found = compare(trainer)
    found["parameters"] = sum(p.numel() for p in trainer.model.parameters())
    found["memory"] = trainer.memory()
    return trainer.step, found


def attempt(name: str, size: dict, settings: dict, length: int, where):
    """Return what ``prepare`` does, or (None, {"left_out": the reason})."""
    why = left_out(name, settings, length)
    if why is None:
        # a compiler may fail in any way, and is not needed
        errors = Exception if name.endswith(COMPILED) else (RuntimeError, Differs)
        try:
            return prepare(name, size, settings, length, where)
        except errors as error:
            why = reason(error)
        free(where, name.endswith(COMPILED))  # here: the error held the frames, they tensors
        waiting(where)()  # an error that the device does not get over ends the run
    return None, {"left_out": why}


def free(where: torch.device, compiled: bool) -> None:
    """Give back the memory of what is no longer there, and forget what was compiled.

    A compiled block has the kernel in it that attention was restricted to.
    """
    if compiled:
        torch.compiler.reset()
    gc.collect()
    if where.type == "cuda":
        torch.cuda.empty_cache()


def measure(
    chosen: list[str], size: dict, settings: dict, length: int, rate: float, where
) -> dict[str, dict]:
    """Time some ways at one length, in turns; return what stands in their rows."""
    steps, found = {}, {}
    for name in chosen:
        step, found[name] = attempt(name, size, settings, length, where)
        if step is not None:
            steps[name] = step
    if not steps:
        return found
    wait = waiting(where)
    once = sum(s for (s,) in take_turns(steps, 1, warmup=0, wait=wait).values())
    rounds = min(15, max(4, round(settings["seconds"] / once)))
    for name, seconds in take_turns(steps, rounds, warmup=0, wait=wait).items():
        ms, quartiles = spread(seconds)
        flops = step_flops(name, size, settings, length)
        floor = 1e3 * flops / rate
        found[name] |= {
            "rounds": rounds,
            "ms": ms,
            "quartiles": quartiles,
            "tokens_per_second": 1e3 * batch_of(settings, length) * length / ms,
            "flops": flops,
            "floor_ms": floor,
            "over_floor": ms / floor,
            "share_of_matmul_rate": floor / ms,
            "matmul_rate": rate,
        }
    return found


def key(row: dict) -> tuple:
    """Return what a row is of: no other row is of the same."""
    return row["size"], row["length"], row["way"]


def merged(rows: list[dict], row: dict) -> list[dict]:
    """Return the rows with this one among them, in place of the one of the same key."""
    return [*(r for r in rows if key(r) != key(row)), row]


def in_order(rows: list[dict], settings: dict) -> list[dict]:
    """Return the rows by size, length and way."""
    sizes, ways = list(settings["sizes"]), names(settings)
    return sorted(rows, key=lambda r: (sizes.index(r["size"]), r["length"], ways.index(r["way"])))


def summary(rows: list[dict]) -> dict:
    """Return growth exponents, the fastest way of each model by length, and crossover lengths.

    Times are those of a sequence: batches differ. An exponent is of the upper half of lengths. A
    crossover is the length from which a way of RetNet, or the fastest of them, is faster than the
    Transformer's fastest; None, where it is at none of the lengths.
    """
    timed: dict[str, dict[int, float]] = {}
    fastest: dict[str, dict[int, dict]] = {RETNET: {}, TRANSFORMER: {}}
    for row in (r for r in rows if "ms" in r):
        timed.setdefault(row["way"], {})[row["length"]] = row["ms"] / row["batch"]
        at = fastest[row["model"]]
        if row["length"] not in at or row["ms"] < at[row["length"]]["ms"]:
            at[row["length"]] = row
    ours = [way for way in timed if model_of(way) == RETNET]
    for model, at in fastest.items():
        if at:
            timed[model] = {n: r["ms"] / r["batch"] for n, r in at.items()}
    exponents, crossovers = {}, {}
    for name, ms in timed.items():
        upper = sorted(ms)[len(ms) // 2 :] if len(ms) > 2 else sorted(ms)
        if len(upper) > 1:
            exponents[name] = growth_exponent(upper, [ms[n] for n in upper])
    for name in [*ours, RETNET] if ours else []:
        common = sorted(set(timed[name]) & set(fastest[TRANSFORMER]))
        if common:
            pair = ([timed[way][n] for n in common] for way in (name, TRANSFORMER))
            crossovers[name] = crossover(common, *pair)
    ways = {model: {str(n): at[n]["way"] for n in sorted(at)} for model, at in fastest.items()}
    return {"exponents": exponents, "crossovers": crossovers, "fastest": ways}


def filed(rows: list[dict], settings: dict, where: torch.device) -> dict:
    """Return the results that are filed: all rows, and what follows from each size's."""
    by_size = {
        size: summary(own)
        for size in settings["sizes"]
        if (own := [r for r in rows if r["size"] == size])
    }
    saved = "saved for backward by the blocks, weights included, were nothing computed twice"
    memory = "peak of a step, all included" if where.type == "cuda" else saved
    stated = {**settings, "memory_is": memory}
    return {"settings": stated, "rows": in_order(rows, settings), "sizes": by_size}


def stored_rows(settings: dict, where: torch.device) -> list[dict]:
    """Return the rows that are filed already.

    Raises:
        ValueError: they were measured with other settings, so that nothing can be added.
    """
    try:
        found = results.load(NAME, results.environment(where)["folder"])["results"]
    except FileNotFoundError:
        return []
    before = {name: value for name, value in found["settings"].items() if name != "memory_is"}
    if before != settings:
        changed = [name for name in settings if before.get(name) != settings[name]]
        raise ValueError(
            f"the stored {NAME}.json has other settings ({', '.join(changed)}): move it away"
        )
    return found["rows"]


def run(
    settings: dict,
    where: torch.device,
    *,
    sizes: list[str] | None = None,
    lengths: list[int] | None = None,
    ways: list[str] | None = None,
    rows: list[dict] | None = None,
    resume: bool = False,
    save: Callable[[dict], object] = lambda found: None,
    log: Callable = print,
) -> dict:
    """Measure the chosen part and return the results: the rows before, with the new ones.

    Args:
        sizes, lengths, ways: what to measure; None: all.
        rows: those that there are.
        resume: whether those of this commit and this torch stay as they are.
        save: called with the results after each way and length, or all ways of one length where
            they take turns.
    """
    rate = matmul_rate(where, getattr(torch, settings["dtype"]))
    log(f"matmul: {rate / 1e12:.4g} TFLOP/s")
    stamp = results.stamp(where)
    chosen = names(settings) if ways is None else ways
    groups = [chosen] if settings["together"] else [[name] for name in chosen]
    rows = list(rows or [])
    done = {key(row) for row in rows if resume and results.is_current(row, stamp)}
    for size_name in sizes or settings["sizes"]:
        size = settings["sizes"][size_name]
        for group in groups:
            for length in lengths or settings["lengths"]:
                if {(size_name, length, name) for name in group} <= done:
                    log(f"{size_name} {length:6}  {', '.join(group)}: measured before")
                    continue
                found = measure(group, size, settings, length, rate, where)
                free(where, settings["compiled"])  # the steps held the models
                for name, way in found.items():
                    row = {
                        "size": size_name,
                        "length": length,
                        "way": name,
                        "model": model_of(name),
                        "batch": batch_of(settings, length),
                        "checkpointed": size["checkpointed"],
                        **way,
                        **stamp,
                    }
                    rows = merged(rows, row)
                    log(line(row))
                save(filed(rows, settings, where))
    results_now = filed(rows, settings, where)
    for size_name in sizes or settings["sizes"]:
        at = results_now["sizes"][size_name]["crossovers"]
        log(f"{size_name}, faster from: { ({k: v and round(v) for k, v in at.items()}) }")
    return results_now


def line(row: dict) -> str:
    """Return a row in one line."""
    place = f"{row['size']} {row['length']:6} x {row['batch']:2}  {row['way']:29} "
    if "left_out" in row:
        return place + row["left_out"]
    return (
        f"{place}{row['ms']:9.1f} ms {row['tokens_per_second']:9.0f} tokens/s "
        f"{100 * row['share_of_matmul_rate']:5.1f} % of matmul {row['memory'] / 2**30:7.2f} GiB"
    )


def selected(patterns: list[str] | None, settings: dict) -> list[str]:
    """Return the ways that a pattern of the shell fits, in their own order.

    Raises:
        ValueError: a pattern fits none.
    """
    every = names(settings)
    for pattern in patterns or []:
        if not fnmatch.filter(every, pattern):
            raise ValueError(f"{pattern!r} fits none of the ways: {'; '.join(every)}")
    fits = [any(fnmatch.fnmatch(name, p) for p in patterns or ["*"]) for name in every]
    return [name for name, fit in zip(every, fits, strict=True) if fit]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", choices=PRESETS, default=None)
    parser.add_argument("--quick", action="store_true", help="tiny sizes; saves nothing")
    parser.add_argument("--sizes", nargs="+", help="such as 1.3B; all by default")
    parser.add_argument("--lengths", nargs="+", type=int, help="any; the preset's by default")
    parser.add_argument("--ways", nargs="+", help="names or patterns: flash, '*compiled'")
    parser.add_argument("--resume", action="store_true", help="leave what this commit has measured")
    arguments = parser.parse_args()
    where = device()
    preset = arguments.preset or ("gpu" if where.type == "cuda" else "cpu")
    preset = "quick" if arguments.quick else preset
    settings = PRESETS[preset]
    if where.type == "cpu":
        torch.set_num_threads(1)
    unknown = set(arguments.sizes or []) - set(settings["sizes"])
    if unknown:
        parser.error(
            f"no such size: {', '.join(unknown)}; there are {', '.join(settings['sizes'])}"
        )
    saves = not preset.startswith("quick")
    try:
        ways = selected(arguments.ways, settings)
        rows = stored_rows(settings, where) if saves else []
    except ValueError as error:
        parser.error(str(error))
    run(
        settings,
        where,
        sizes=arguments.sizes,
        lengths=arguments.lengths,
        ways=ways,
        rows=rows,
        resume=arguments.resume,
        save=functools.partial(file, where=where) if saves else lambda found: None,
        log=functools.partial(print, flush=True),
    )
    if saves:
        path = results.RESULTS / results.environment(where)["folder"] / f"{NAME}.json"
        print("wrote", path.relative_to(results.REPOSITORY))


def file(found: dict, where: torch.device) -> None:
    """Write the results so far."""
    results.save(NAME, found, where)


if __name__ == "__main__":
    main()
