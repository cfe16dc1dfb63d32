"""Training time and memory of retention's forms and of attention, against length.

    python benchmarks/retention.py [--preset cpu|gpu] [--quick] [--compile]

Forward and backward of what mixes the tokens of one layer (preset cpu), or of a whole block in
bfloat16 (preset gpu). The ways have one d_model, and take turns within every length. Beside each
time stands its floor: the flops that the way does, or the bytes that it must move, at the rates
measured in the same run. Memory is the peak while the step runs on a GPU, and what is saved for
backward on the CPU. The preset cpu takes 2 minutes of one core.
"""

import argparse
import functools
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from torchnotes import device, results
from torchnotes.costs import (
    attention_flops,
    bandwidth,
    chunkwise_flops,
    crossover,
    growth_exponent,
    matmul_rate,
    saved_bytes,
    spread,
    take_turns,
    waiting,
)
from torchnotes.retention import paper_log_gamma, retention
from torchnotes.retnet import RetNetBlock
from torchnotes.transformer import Block

NAME = "retention"
ATTENTION = "attention"

PRESETS: dict[str, dict] = {
    "cpu": {
        "what": "mixing",
        "d_models": [128],
        "head_dim": 64,  # d_k; d_v = 128
        "attention_head_dim": 64,
        "lengths": [256, 512, 1024, 2048, 4096, 8192, 16384],
        "tokens": 1,  # batch 1 at every length
        "chunk_sizes": [64, 128, 256],
        "longest": {"parallel": 4096, "recurrent": 2048},  # memory; time
        "dtype": "float32",
        "seconds": 9.0,  # per length, about
    },
    "gpu": {
        "what": "block",
        "d_models": [2048, 2560],
        "head_dim": 256,
        "attention_head_dim": 128,
        "lengths": [2048, 4096, 8192, 16384, 32768],
        "tokens": 32768,  # per step: the batch is smaller where the text is longer
        "chunk_sizes": [256, 512],
        "longest": {"parallel": 8192, "recurrent": 2048},
        "dtype": "bfloat16",
        "seconds": 8.0,
    },
    "quick": {
        "what": "mixing",
        "d_models": [16],
        "head_dim": 8,
        "attention_head_dim": 8,
        "lengths": [16, 32, 64, 128],
        "tokens": 128,
        "chunk_sizes": [8, 16],
        "longest": {"parallel": 64, "recurrent": 32},
        "dtype": "float32",
        "seconds": 0.02,
    },
}
PRESETS["quick-block"] = {**PRESETS["quick"], "what": "block", "dtype": "bfloat16"}


def names(settings: dict) -> list[str]:
    """Return the ways' names: a chunkwise one per chunk size."""
    chunks = [f"chunkwise {size}" for size in settings["chunk_sizes"]]
    return ["parallel", "recurrent", *chunks, ATTENTION]


def form_of(name: str) -> dict:
    """Return what ``retention`` is told: "chunkwise 64" is {"form": ..., "chunk_size": 64}."""
    form, _, size = name.partition(" ")
    return {"form": form, "chunk_size": int(size)} if size else {"form": form}


def forward_flops(name: str, settings: dict, d_model: int, length: int) -> int:
    """Return the flops of one sequence, forward: the products that the way really does.

    The parallel form and each chunk multiply full squares; causal attention skips half. A block's
    24 d_model^2 per token are its parameters', twice.
    """
    d_k = settings["head_dim"]
    d_v = 2 * d_k
    if name == ATTENTION:
        mixing = attention_flops(length, d_model)
    elif name == "recurrent":  # gamma S + k^T v is no product of matrices: 3 d_k d_v
        mixing = length * (d_model // d_k) * 5 * d_k * d_v
    else:
        size = min(form_of(name).get("chunk_size", length), length)
        mixing = chunkwise_flops(length, d_model, d_k, d_v, size)
    return mixing + (24 * length * d_model**2 if settings["what"] == "block" else 0)


def least_bytes(name: str, settings: dict, d_model: int, batch: int, length: int) -> int:
    """Return the bytes that no kernel avoids: all inputs and outputs, and their gradients."""
    itemsize = getattr(torch, settings["dtype"]).itemsize
    if settings["what"] == "block":  # weights are read twice, their gradients written in float32
        return 4 * batch * length * d_model * itemsize + 12 * 12 * d_model**2
    widths = 4 if name == ATTENTION else 6  # q, k, v and out: v and out are twice as wide
    return 2 * batch * length * widths * d_model * itemsize


def mixing(name: str, settings: dict, d_model: int, batch: int, length: int, where) -> Callable:
    """Return a forward pass over q, k, v that want gradients: it returns (output, inputs)."""
    attention = name == ATTENTION
    d_k = settings["attention_head_dim"] if attention else settings["head_dim"]
    d_v, heads = (1 if attention else 2) * d_k, d_model // d_k
    generator = torch.Generator().manual_seed(0)
    shapes = [(batch, heads, length, d) for d in (d_k, d_k, d_v)]
    dtype = getattr(torch, settings["dtype"])
    inputs = [
        torch.randn(shape, generator=generator).to(where, dtype).requires_grad_()
        for shape in shapes
    ]
    log_gamma = paper_log_gamma(heads).to(where)

    def forward() -> tuple[Tensor, list[Tensor]]:
        if attention:
            return F.scaled_dot_product_attention(*inputs, is_causal=True), inputs
        return retention(*inputs, log_gamma, **form_of(name))[0], inputs

    return forward


def block(name: str, settings: dict, d_model: int, batch: int, length: int, where) -> Callable:
    """Return a forward pass of a whole block under autocast: it returns (output, weights)."""
    if name == ATTENTION:
        module = Block(d_model, d_model // settings["attention_head_dim"]).to(where)
    else:
        log_gamma = paper_log_gamma(d_model // settings["head_dim"], torch.float64)
        module = RetNetBlock(d_model, log_gamma).to(where)
    x = torch.randn(batch, length, d_model, device=where, requires_grad=True)
    turns = (module.attention if name == ATTENTION else module.retention).turns(
        torch.arange(length, device=where)
    )
    inputs = [x, *module.parameters()]

    def forward() -> tuple[Tensor, list[Tensor]]:
        with torch.autocast(where.type, getattr(torch, settings["dtype"])):
            if name == ATTENTION:
                return module(x, turns=turns), inputs
            return module(x, turns=turns, **form_of(name))[0], inputs

    return forward


def step_of(forward: Callable, compiled: bool) -> Callable[[], None]:
    """Return a step: forward, then the gradients of all inputs."""
    run = torch.compile(forward) if compiled else forward
    weight = torch.empty(0)

    def step() -> None:
        nonlocal weight
        out, inputs = run()
        if weight.shape != out.shape:  # of the loss that backward starts from
            weight = torch.randn_like(out)
        torch.autograd.grad(out, inputs, weight)

    return step


def memory_of(forward: Callable, step: Callable, where: torch.device) -> int:
    """Return the bytes that a step takes beyond its inputs, or saves for backward (CPU)."""
    if where.type != "cuda":
        return saved_bytes(forward)
    torch.cuda.synchronize()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    step()
    torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated() - before


def measure(settings: dict, d_model: int, length: int, rates: dict, where, compiled=False) -> dict:
    """Time all ways at one length, in turns; return what stands in the table's row."""
    batch = max(1, settings["tokens"] // length)
    make = {"mixing": mixing, "block": block}[settings["what"]]
    steps, found, once = {}, {}, 0.0
    wait = waiting(where)
    for name in names(settings):
        if length > settings["longest"].get(name, length):
            found[name] = {"left_out": f"up to {settings['longest'][name]} positions only"}
            continue
        try:
            forward = make(name, settings, d_model, batch, length, where)
            step = step_of(forward, compiled)
            step()
            found[name] = {"memory": memory_of(forward, step, where)}
            once += take_turns({name: step}, 1, warmup=0, wait=wait)[name][0]
            steps[name] = step
        except torch.cuda.OutOfMemoryError:
            found[name] = {"left_out": "out of memory"}
            forward = step = None
            torch.cuda.empty_cache()
    rounds = min(41, max(5, round(settings["seconds"] / once)))
    times = take_turns(steps, rounds, warmup=0, wait=wait)  # each has run twice
    for name, seconds in times.items():
        ms, quartiles = spread(seconds)
        flops = 3 * batch * forward_flops(name, settings, d_model, length)  # backward is twice it
        nbytes = least_bytes(name, settings, d_model, batch, length)
        floor = 1e3 * max(flops / rates["matmul"], nbytes / rates["bandwidth"])
        found[name] |= {
            "ms": ms,
            "quartiles": quartiles,
            "tokens_per_second": 1e3 * batch * length / ms,
            "flops": flops,
            "bytes": nbytes,
            "floor_ms": floor,
            "over_floor": ms / floor,
            "share_of_matmul_rate": flops / (ms / 1e3) / rates["matmul"],
        }
    return {"length": length, "batch": batch, "rounds": rounds, "ways": found}


def summary(rows: list[dict]) -> dict:
    """Return growth exponents per token, by the upper half of lengths, and crossover lengths."""
    timed: dict[str, dict[int, float]] = {}
    for row in rows:
        for name, way in row["ways"].items():
            if "ms" in way:  # per sequence: batches differ
                timed.setdefault(name, {})[row["length"]] = way["ms"] / row["batch"]
    exponents = {}
    for name, ms in timed.items():
        upper = sorted(ms)[len(ms) // 2 :] if len(ms) > 2 else sorted(ms)
        if len(upper) > 1:
            exponents[name] = growth_exponent(upper, [ms[n] for n in upper])
    crossovers = {}
    for name, ms in timed.items():
        if name != ATTENTION:
            common = sorted(set(ms) & set(timed.get(ATTENTION, {})))
            ours, theirs = [ms[n] for n in common], [timed[ATTENTION][n] for n in common]
            crossovers[name] = crossover(common, ours, theirs) if common else None
    return {"exponents": exponents, "crossovers": crossovers}


def run(settings: dict, where: torch.device, compiled: bool = False, log=print) -> dict:
    """Measure everything and return the results that are filed."""
    dtype = getattr(torch, settings["dtype"])
    megabytes = 16384 if where.type == "cuda" else 256
    rates = {"matmul": matmul_rate(where, dtype), "bandwidth": bandwidth(where, megabytes << 20)}
    cases = []
    for d_model in settings["d_models"]:
        rows = []
        for length in settings["lengths"]:
            row = measure(settings, d_model, length, rates, where, compiled)
            rows.append(row)
            log(f"d_model {d_model}, {length} positions, batch {row['batch']}:")
            for name, way in row["ways"].items():
                if "ms" in way:
                    log(
                        f"  {name:14} {way['ms']:9.2f} ms   {way['over_floor']:5.1f} x floor"
                        f"   {way['memory'] / 2**20:8.1f} MiB"
                    )
        cases.append({"d_model": d_model, "rows": rows, **summary(rows)})
        log("exponents: " + ", ".join(f"{k} {v:.2f}" for k, v in cases[-1]["exponents"].items()))
        lengths = {k: v and round(v) for k, v in cases[-1]["crossovers"].items()}
        log(f"faster than attention from: {lengths}")
    memory = "peak beyond the inputs" if where.type == "cuda" else "saved for backward"
    stated = {**settings, "compiled": compiled, "memory_is": memory}
    return {"settings": stated, "rates": rates, "cases": cases}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", choices=PRESETS, default=None)
    parser.add_argument("--quick", action="store_true", help="tiny sizes; saves nothing")
    parser.add_argument("--compile", action="store_true", help="through torch.compile")
    arguments = parser.parse_args()
    where = device()
    preset = arguments.preset or ("gpu" if where.type == "cuda" else "cpu")
    preset = "quick" if arguments.quick else preset
    if where.type == "cpu":
        torch.set_num_threads(1)
    log = functools.partial(print, flush=True)
    found = run(PRESETS[preset], where, arguments.compile, log)
    if not preset.startswith("quick"):
        print("wrote", results.save(NAME, found, where).relative_to(results.REPOSITORY))


if __name__ == "__main__":
    main()
