"""What pages show of the benchmarks that ran on a GPU, or that none has run yet."""

import statistics
from collections.abc import Callable, Iterator

from torchnotes import results

GIB = 2**30


def show(name: str, only: str = "") -> None:
    """Print a benchmark's results on every GPU that has any, or that they are outstanding.

    Args:
        name: "decode", "pretrain", "retention", "optimizers", "train_lm" or "evidence".
        only: what the lines begin with that are printed, "ablations" for instance.
    """
    devices = [folder for folder in results.stored(name) if folder != "cpu"]
    if not devices:
        print(f"On a GPU: outstanding. None has run {WHAT[name][1]} yet.")
    for folder in devices:
        stored = results.load(name, folder)
        print(results.caption(stored))
        for line in WHAT[name][0](stored["results"]):
            if line.startswith(only):
                print(line)


def decode_lines(found: dict) -> Iterator[str]:
    """Yield a line per point, its fastest way, then the ratios that may be published."""
    yield f"{'':15} batch context        ms  x floor    GiB  tokens/s  way"
    for row in found["rows"]:
        place = f"{_short(row['model']):15} {row['batch']:>5} {row['context']:>7}"
        if row.get("fastest"):
            memory = f"{row['memory'] / GIB:.1f}" if "memory" in row else "-"
            yield (
                f"{place} {row['ms']:9.3f} {row['over_floor']:8.2f} {memory:>6} "
                f"{row['tokens_per_second']:9.1f}  {row.get('way', 'eager')}"
            )
        elif row.get("left_out") == "out of memory":
            yield f"{place}  out of memory"
    if found.get("ratios"):
        yield "The model over RetNet at the longest context, by batch:"
    for row in found.get("ratios", []):
        place = f"{_short(row['baseline']):15} {row['batch']:>5}"
        if row["withheld"]:
            yield f"{place}  withheld, {row['withheld']}"
        else:
            kinds = ("memory", "throughput", "latency")
            given = [f"{kind} {row[kind]:.2f}" for kind in kinds if row.get(kind)]
            yield f"{place}  {', '.join(given)}"


def _short(model: str) -> str:
    """A model's name in a table: "Transformer, grouped queries" by what tells it apart."""
    return model.split(", ")[-1]


def pretrain_lines(found: dict) -> Iterator[str]:
    """Yield a line per size, length and model, its fastest way, then the crossovers."""
    yield f"{'':17} length  tokens/s  % of matmul    GiB  way"
    for size, own in found["sizes"].items():
        rows = {(r["way"], str(r["length"])): r for r in found["rows"] if r["size"] == size}
        for model, ways in own["fastest"].items():
            for length, way in ways.items():
                row = rows[way, length]
                yield (
                    f"{size:>5} {model:11} {length:>6} {row['tokens_per_second']:9.0f} "
                    f"{100 * row['share_of_matmul_rate']:12.0f} {row['memory'] / GIB:6.1f}  {way}"
                )
        length = own["crossovers"].get("RetNet")
        since = f"from {length:.0f} positions" if length else "at none of these lengths"
        yield f"{size:>5} RetNet is ahead {since}"


def retention_lines(found: dict) -> Iterator[str]:
    """Yield exponents and crossovers of each width."""
    for case in found["cases"]:
        for way, power in case["exponents"].items():
            length = case["crossovers"].get(way)
            since = f", ahead of attention from {length:.0f}" if length else ""
            yield f"d_model {case['d_model']:5} {way:14} length^{power:.2f}{since}"


def optimizers_lines(found: list[dict]) -> Iterator[str]:
    """Yield each way's milliseconds by number of parameters."""
    for case in found:
        for way, row in case["ways"].items():
            size = f"{case['parameters']:>10,} parameters"
            yield f"{size}, {way:16} {row['ms']:8.3f} ms per step"


def train_lm_lines(found: dict) -> Iterator[str]:
    """Yield the mean bits per character of each run, and how far the seeds lie apart."""
    for group, names in found["runs"].items():
        for name, seeds in names.items():
            bits = [run["bits"] for run in seeds.values()]
            apart = f" +- {statistics.stdev(bits):.3f}" if len(bits) > 1 else ""
            yield (
                f"{group:9} {name:20} {statistics.fmean(bits):.3f}{apart} bits per character, "
                f"{len(bits)} seed{'s' * (len(bits) != 1)}"
            )


def evidence_lines(found: dict) -> Iterator[str]:
    """Yield how each part of `make gpu-evidence` ended."""
    for name, part in found["parts"].items():
        commit = part["commit"] or "a copy without git"
        yield f"{name:27} {part['state']:10} {part['seconds']:6.0f} s, {part['date']}, {commit}"


WHAT: dict[str, tuple[Callable[[dict], Iterator[str]], str]] = {
    "decode": (decode_lines, "benchmarks/decode.py"),
    "pretrain": (pretrain_lines, "benchmarks/pretrain.py"),
    "retention": (retention_lines, "benchmarks/retention.py"),
    "optimizers": (optimizers_lines, "benchmarks/optimizers.py"),
    "train_lm": (train_lm_lines, "benchmarks/train_lm.py"),
    "evidence": (evidence_lines, "`make gpu-evidence`"),
}
