"""`make gpu-evidence`: notebooks, tests and benchmarks on this machine's GPU, part by part.

Runs with whatever Python has torch and a CUDA GPU: the course's environment, or a machine lent for
its GPU that has torch, triton, numpy, matplotlib and pytest and little else. Each part is a process
of its own that takes at most some minutes; how it ended is filed at once, beside the figures that
the benchmarks file themselves, so that the next call goes on with what is missing.
"""

import argparse
import fnmatch
import importlib
import importlib.metadata
import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tools.paths import BUILD, ROOT, SOLUTIONS

NAME = "evidence"  # benchmarks/results/<device>/evidence.json
MINUTES = 8.0
RESUME = "--resume"  # of a part that was cut off, what is filed need not be measured again
UNIT = "not answers and not roundtrip and not book and not browser"


class Part(NamedTuple):
    name: str
    what: str
    command: list[str]  # of Python
    quick: list[str]  # the same at a size for any machine; files nothing


def _bench(name: str, script: str, what: str, *options: str) -> Part:
    module = ["-m", f"benchmarks.{script}"]
    return Part(name, what, [*module, *options], [*module, "--quick"])


def parts() -> list[Part]:
    """Return all parts, what matters most first: a lease may end after any of them."""
    found = [
        _bench(
            f"decode-{batch}",
            "decode",
            f"decoding at 6.7B, batch {batch}",
            *("--preset", "gpu", "--batches", batch, RESUME),
        )
        for batch in ("1", "8", "64", "16", "32")
    ]
    found += [
        Part(
            f"solutions-{chapter}",
            f"the {chapter} notebooks print what is stored",
            ["-m", "tools.gpu_evidence", "--notebooks", chapter],
            ["-m", "tools.gpu_evidence", "--notebooks", chapter, "--first"],
        )
        # the folders, not _toc.yml: there may be nothing here that reads YAML
        for chapter in sorted({path.parent.name for path in SOLUTIONS.glob("*/*.ipynb")})
    ]
    tests = ["-m", "tools.gpu_evidence", "--tests"]
    found += [
        Part("claims", "the claims' tests", [*tests, "claims"], [*tests, "claims", "--first"]),
        Part("tests", "the unit tests", [*tests, "unit"], [*tests, "unit", "--first"]),
    ]
    # the compiler takes minutes, and may fail on a new torch: what needs none comes first
    for kind, ways in (("", ["flash", "cudnn", "*[0-9]"]), ("-compiled", ["*compiled"])):
        for size in ("1.3B", "2.7B", "6.7B"):
            for length in ("8192", "16384", "32768"):
                options = ["--sizes", size, "--lengths", length, "--ways", *ways]
                found.append(
                    _bench(
                        f"pretrain-{size}-{length}{kind}",
                        "pretrain",
                        f"training steps at {size}, {length} positions{kind.replace('-', ', ')}",
                        *("--preset", "gpu", *options, RESUME),
                    )
                )
    found += [
        _bench("retention", "retention", "a block's forward and backward", "--preset", "gpu"),
        _bench("optimizers", "optimizers", "steps of Adam", "--device", "cuda"),
    ]
    for group in ("sizes", "ablations", "relatives"):
        for seed in ("0", "1", "2"):
            found.append(
                _bench(
                    f"language-{group}-{seed}",
                    "train_lm",
                    f"language models on austen: {group}, seed {seed}",
                    *("--preset", "gpu", "--groups", group, "--seeds", seed),
                )
            )
    return found


def choose(words: list[str]) -> list[Part]:
    """Return the parts that a word names, whole, by a pattern of the shell or by a piece."""
    names = {part.name for part in parts()}

    def named(name: str, word: str) -> bool:
        return name == word or (word not in names and fnmatch.fnmatch(name, f"*{word}*"))

    return [part for part in parts() if not words or any(named(part.name, w) for w in words)]


# --- parts that are not benchmarks ----------------------------------------------------


def notebooks(chapter: str, first: bool = False) -> int:
    """Rerun a chapter's solutions and compare: with nbval, or with Python alone without it."""
    found = sorted((SOLUTIONS / chapter).glob("*.ipynb"))[: 1 if first else None]
    if importlib.util.find_spec("nbval") and importlib.util.find_spec("ipykernel"):
        options = ["--nbval", "--nbval-current-env", "-p", "tools.nbval_sockets"]
        command = ["-m", "pytest", "-q", *options, "-p", "no:cacheprovider", *map(str, found)]
    else:
        print("no nbval or ipykernel here: the cells run in Python alone, outputs compared")
        command = ["-m", "tools.rerun", *map(str, found)]
    return subprocess.call([sys.executable, *command], cwd=ROOT)


def tests(which: str, first: bool = False) -> int:
    """Run the unit tests that this Python can import, and name those that it cannot."""
    folder = ROOT / "tests" / ("claims" if which == "claims" else "")
    chosen, left = [], []
    for file in sorted(folder.glob("test_*.py")):
        try:
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            chosen.append(str(file))
        except ImportError as error:
            left.append(f"  {file.name}: {error}")
    if left:
        print("Not run, for what they import is not here:", *left, sep="\n", flush=True)
    if not chosen:
        print("None of the tests could be imported.")
        return 1
    workers = []
    if importlib.util.find_spec("xdist"):  # each worker takes half a GiB of the GPU
        workers = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    command = ["-m", "pytest", "-q", "-rsfE", "-m", UNIT, "-p", "no:cacheprovider", *workers]
    return subprocess.call([sys.executable, *command, *chosen[: 2 if first else None]], cwd=ROOT)


# --- running ----------------------------------------------------------------------------


def run(part: Part, seconds: float, quick: bool = False) -> tuple[str, float, str]:
    """Run a part; return how it ended ("passed", "failed", "unfinished"), seconds, last line."""
    log = BUILD / "logs" / f"gpu-{part.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    variables = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "MPLBACKEND": "agg"}
    # without it the largest models may not find room in one piece
    variables.setdefault(_allocator_variable(), "expandable_segments:True")
    start, state = time.perf_counter(), ""
    with log.open("w+", encoding="utf-8", errors="replace") as keep:
        process = begin(
            part.quick if quick else part.command,
            cwd=ROOT,
            env=variables,
            stdout=keep,
            stderr=subprocess.STDOUT,
        )
        try:
            while process.poll() is None:
                took = time.perf_counter() - start
                if took > seconds:
                    state = "unfinished"
                    _end(process)
                    break
                time.sleep(min(1.0, max(0.05, seconds - took)))
                if int(took) % 30 == 29:
                    print(f"      {took:4.0f} s  {_last(log)}", flush=True)
        except BaseException:
            _end(process)
            raise
    state = state or ("passed" if process.returncode == 0 else "failed")
    return state, time.perf_counter() - start, _last(log)


def _allocator_variable() -> str:
    """Return what torch reads its allocator's options from.

    It was renamed in 2.9, which heeds this option only by the old name (pytorch issue 183387).
    """
    version = importlib.metadata.version("torch").split(".")[:2]
    return "PYTORCH_ALLOC_CONF" if [*map(int, version)] >= [2, 10] else "PYTORCH_CUDA_ALLOC_CONF"


def begin(command: list[str], **options) -> subprocess.Popen:
    """Start a Python command that can be interrupted, in a session with its own children."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # so it is behind nohup, and a part would inherit that: a handler it does not
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen([sys.executable, *command], start_new_session=True, **options)


def _end(process: subprocess.Popen) -> None:
    """Ask the part and its children to stop, and make them after ten seconds."""
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _last(log: Path) -> str:
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip()[:160] if lines else ""


def _filed() -> dict:
    from torchnotes import device, results

    try:
        return results.load(NAME, results.environment(device())["folder"])["results"]["parts"]
    except FileNotFoundError:
        return {}


def _file(done: dict) -> Path:
    from torchnotes import results

    return results.save(NAME, {"minutes": MINUTES, "parts": done})


def has_gpu() -> bool:
    """Return whether this Python has torch and torch a CUDA GPU."""
    if importlib.util.find_spec("torch") is None:
        return False
    import torch

    return torch.cuda.is_available()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools gpu-evidence")
    only = os.environ.get("ONLY", "").split()
    parser.add_argument(
        "--only", nargs="+", default=only, metavar="NAME", help="parts: names, pieces or patterns"
    )
    parser.add_argument("--list", action="store_true", help="say what there is and how it ended")
    parser.add_argument("--fresh", action="store_true", help="repeat parts that have passed")
    parser.add_argument("--quick", action="store_true", help="tiny, on any device; files nothing")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for one part (8)")
    parser.add_argument("--total", type=float, default=float("inf"), help="minutes for all")
    args = parser.parse_args(arguments)
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    chosen = choose(args.only)
    if not chosen:
        print(f"No part has the name {' or '.join(args.only)}. There are:", end=" ")
        print(*(part.name for part in parts()))
        return 2
    if args.list and not has_gpu():
        print(*(f"  {part.name:27} {part.what}" for part in chosen), sep="\n")
        return 0
    if not args.quick and not has_gpu():
        print(
            "No CUDA GPU here, or this Python's torch has no CUDA. Nothing was run or filed.\n"
            "To prove the parts at tiny sizes: python -m tools gpu-evidence --quick"
        )
        return 2
    if args.quick:  # at tiny sizes some parts are one and the same
        chosen = list({tuple(part.quick): part for part in reversed(chosen)}.values())[::-1]
    done = {} if args.quick else _filed()
    if args.list:
        for part in chosen:
            state = done.get(part.name, {}).get("state", "not run")
            print(f"  {part.name:27} {state:10} {part.what}")
        return 0
    start, ended = time.perf_counter(), {}
    for number, part in enumerate(chosen, 1):
        if done.get(part.name, {}).get("state") == "passed" and not args.fresh:
            ended[part.name] = "passed"
            print(f"[{number}/{len(chosen)}] {part.name}: done before", flush=True)
            continue
        if time.perf_counter() - start > 60 * args.total - 30:
            ended[part.name] = "not run"
            continue
        print(f"[{number}/{len(chosen)}] {part.name}: {part.what}", flush=True)
        left = 60 * args.total - (time.perf_counter() - start)
        if args.fresh:
            part = part._replace(command=[word for word in part.command if word != RESUME])
        state, seconds, last = run(part, min(60 * args.minutes, left), args.quick)
        ended[part.name] = state
        print(f"      {state} after {seconds:.0f} s: {last}", flush=True)
        if not args.quick:
            from torchnotes import results

            where = results.environment()
            done[part.name] = {
                "state": state,
                "seconds": round(seconds, 1),
                "last": last,
                "date": where["date"],
                "commit": where["commit"],
                "versions": where["versions"],
            }
            _file(done)
    return _summary(ended, args.quick)


def _summary(ended: dict[str, str], quick: bool) -> int:
    print()
    for state in ("passed", "failed", "unfinished", "not run"):
        names = [name for name, how in ended.items() if how == state]
        if names:
            print(f"{state:10} {len(names):2}: {', '.join(names)}")
    if "failed" in ended.values():
        print(f"The logs are in {(BUILD / 'logs').relative_to(ROOT)}/gpu-<part>.log")
    if {"unfinished", "not run"} & set(ended.values()):
        print("Run the same command again: it goes on with what is missing.")
    if quick:
        print("This was --quick: tiny sizes, nothing is filed.")
    return 0 if set(ended.values()) == {"passed"} else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--notebooks"]:
        sys.exit(notebooks(sys.argv[2], "--first" in sys.argv))
    if sys.argv[1:2] == ["--tests"]:
        sys.exit(tests(sys.argv[2], "--first" in sys.argv))
    sys.exit(main(sys.argv[1:]))
