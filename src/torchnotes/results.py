"""What the benchmarks measured: written by ``benchmarks/*.py``, read by the pages.

One file per benchmark and device, ``benchmarks/results/<device>/<name>.json``, holds the figures
together with where, when and with what they were measured, so that none is shown without that::

    save("optimizers", {"ms": 1.9})  # in benchmarks/optimizers.py
    stored = load("optimizers")  # on a page
    print(stored["results"]["ms"], caption(stored))
"""

import datetime
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from torchnotes.devices import device as default_device

REPOSITORY = Path(__file__).resolve().parents[2]
RESULTS = REPOSITORY / "benchmarks" / "results"


def environment(device: torch.device | str | None = None) -> dict[str, Any]:
    """Return what a measurement depends on: device, date (UTC), versions, threads, command.

    Args:
        device: where the benchmark computes; ``None``: ``torchnotes.device()``.

    Returns:
        ``device``, its name; ``folder``, what its results are filed under: ``"cpu"`` or a slug of
        the name, such as ``"nvidia-h200"``; ``date``; ``commit`` of the code, with a ``+`` where
        files differ from it, None outside a checkout; ``versions``, a GPU's driver among them;
        ``threads`` of torch on the CPU; ``cores`` of the machine; ``command``. The variable
        ``TORCHNOTES_COMMIT`` names the commit of a copy that came without git's folder.
    """
    kind = torch.device(device or default_device())
    versions = {"torch": torch.__version__, "python": platform.python_version()}
    versions["numpy"] = np.__version__
    if kind.type == "cuda":
        name = torch.cuda.get_device_name(kind)
        versions["cuda"] = str(torch.version.cuda)
        versions["driver"] = _output(
            "nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"
        )
    else:
        name = _processor() if kind.type == "cpu" else f"{platform.machine()} {kind.type}"
    return {
        "device": name,
        "folder": "cpu" if kind.type == "cpu" else _slug(name),
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "commit": os.environ.get("TORCHNOTES_COMMIT") or _commit(),
        "versions": versions,
        "threads": torch.get_num_threads(),
        "cores": os.cpu_count(),
        "command": " ".join(["python", *map(_portable, sys.orig_argv[1:])]),
    }


def stamp(device: torch.device | str | None = None) -> dict[str, Any]:
    """Return ``date``, ``commit`` and ``torch``, for each row of a file that is made in parts.

    The file's own ``environment`` is that of the part that was measured last.
    """
    about = environment(device)
    return {"date": about["date"], "commit": about["commit"], "torch": about["versions"]["torch"]}


def is_current(row: dict[str, Any], stamp: dict[str, Any]) -> bool:
    """Return whether a row's ``stamp`` is of the same commit, unchanged, and the same torch."""
    commit = stamp["commit"]
    known = bool(commit) and not commit.endswith("+")
    return known and (row.get("commit"), row.get("torch")) == (commit, stamp["torch"])


def save(name: str, results: Any, device: torch.device | str | None = None) -> Path:
    """Write a benchmark's results with their ``environment`` and return the file's path.

    The file is replaced in one step: whoever reads sees the old one or the new one, whole.

    Args:
        name: the benchmark's, in small letters, digits and underscores.
        results: anything that JSON can hold; a figure that is missing or diverged is ``None``.
        device: where it was measured; ``None``: ``torchnotes.device()``.

    Raises:
        ValueError: a name of another form; a NaN or an infinity, which JSON does not know.
        TypeError: something else that JSON cannot hold, a tensor for instance.
    """
    path = _path(name, (where := environment(device))["folder"])
    # before a file is touched, so that results which cannot be written leave the old ones
    text = json.dumps({"environment": where, "results": results}, indent=1, allow_nan=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(text + "\n", encoding="utf-8")
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def stored(name: str) -> list[str]:
    """Return the devices that this benchmark has results of: ``"cpu"`` first, then by name."""
    folders = {path.parent.name for path in RESULTS.glob(f"*/{name}.json")}
    return sorted(folders, key=lambda folder: (folder != "cpu", folder))


def load(name: str, device: str | None = None) -> dict[str, Any]:
    """Return ``{"environment": ..., "results": ...}`` of a benchmark as ``save`` wrote it.

    Args:
        name: the benchmark's.
        device: a folder's name, ``"cpu"`` or ``"nvidia-h200"`` for instance; ``None``: the CPU's
            results, which everybody can repeat, or else the first that ``stored`` names.

    Raises:
        FileNotFoundError: there are none; the message lists what there is.
    """
    path = _path(name, device or next(iter(stored(name)), "cpu"))
    if not path.is_file():
        there = sorted(
            str(p.relative_to(RESULTS).with_suffix("")) for p in RESULTS.glob("*/*.json")
        )
        raise FileNotFoundError(
            f"no results of {name!r} on {path.parent.name}: run benchmarks/{name}.py there. "
            f"There are: {', '.join(there) or 'none'}."
        )
    return json.loads(path.read_text(encoding="utf-8"))


def caption(loaded: dict[str, Any]) -> str:
    """Return one line for a page: where, when and with what it was measured."""
    where = loaded["environment"]
    threads = f"{where['threads']} thread{'s' * (where['threads'] != 1)}"
    on = f"{where['device']} ({threads})" if where["folder"] == "cpu" else where["device"]
    release = where["versions"]["torch"].split("+")[0]  # 2.13.0+cpu
    return f"Measured on {on} on {where['date']} with torch {release}"


def _path(name: str, folder: str) -> Path:
    for part in (name, folder):
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", part):
            raise ValueError(f"use small letters, digits, '_' and '-', not {part!r}")
    return RESULTS / folder / f"{name}.json"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _portable(argument: str) -> str:
    """An argument of the command line, without the folders of this machine."""
    path = Path(argument)
    if not path.is_absolute():
        return argument
    inside = path.is_relative_to(REPOSITORY)
    return path.relative_to(REPOSITORY).as_posix() if inside else path.name


def _output(*command: str) -> str | None:
    """The first line that a program prints, or None: it is not there, or it fails."""
    try:
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout.splitlines() or [None])[0] if done.returncode == 0 else None


def _commit() -> str | None:
    commit = _output("git", "rev-parse", "--short=12", "HEAD")
    # results that were just written are no change of what wrote them
    code = ("src", "benchmarks", "tools", ":!benchmarks/results")
    return commit and commit + "+" * bool(_output("git", "status", "--porcelain", "--", *code))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux
        lines = []
    names = [line.split(":", 1)[1] for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    return " ".join(re.sub(r"\((R|TM)\)", " ", name).split())
