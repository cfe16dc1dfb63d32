"""Rerun notebooks with Python alone, and compare what they print with what is stored.

    python -m tools.rerun solutions/autograd/graph.ipynb ...

nbval is the way wherever Jupyter is; a machine that was lent for its GPU may have torch and little
else. Solutions show nothing but printed lines, so that no kernel is needed to compare them.
"""

import contextlib
import difflib
import io
import json
import linecache
import os
import subprocess
import sys
import traceback
from pathlib import Path

from tools.paths import ROOT


def cells(path: Path) -> list[tuple[str, str]]:
    """Return (source, stored output) of a notebook's code cells.

    Raises:
        ValueError: a cell stores something that was not printed to stdout: a figure, a value, an
            error. This module could not compare it.
    """
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        for output in cell["outputs"]:
            if output["output_type"] != "stream" or output["name"] != "stdout":
                raise ValueError(f"{path}: more than printed lines is stored; use nbval")
        stored = "".join("".join(output["text"]) for output in cell["outputs"])
        found.append(("".join(cell["source"]), stored))
    return found


def run(path: Path) -> list[str]:
    """Execute a notebook's cells here, in one namespace; return what differs, a line each."""
    space: dict = {"__name__": "__main__"}
    problems = []
    for number, (source, stored) in enumerate(cells(path)):
        printed, warned = io.StringIO(), io.StringIO()
        place = f"{path.parent.name}/{path.name}, code cell {number}"
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(warned):
            try:
                name = f"<cell {number}>"
                linecache.cache[name] = (len(source), None, source.splitlines(True), name)
                exec(compile(source, name, "exec"), space)
            except BaseException:
                problems.append(f"{place} failed:\n{traceback.format_exc(limit=-3)}")
                continue
        # a kernel stores what goes to stderr too, and these notebooks store none
        if printed.getvalue() != stored or warned.getvalue():
            new = printed.getvalue().splitlines() + warned.getvalue().splitlines()
            lines = difflib.unified_diff(stored.splitlines(), new, "stored", "now", lineterm="")
            problems.append(f"{place} prints something else:\n" + "\n".join(lines))
    return problems


def main(paths: list[str]) -> int:
    """Run each notebook in a process and folder of its own; 1 if any of them differs."""
    if len(paths) == 2 and paths[0] == "--here":
        problems = run(Path(paths[1]).resolve())
        print("\n".join(problems), end="")
        return bool(problems)
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    variables = {**os.environ, "PYTHONPATH": path, "MPLBACKEND": "agg"}
    failed = 0
    for path in map(Path, paths):
        command = [sys.executable, "-m", "tools.rerun", "--here", path.name]
        done = subprocess.run(
            command, cwd=path.parent, env=variables, capture_output=True, text=True
        )
        same = not done.returncode
        failed += not same
        print(f"{path.parent.name}/{path.name}: {'as stored' if same else 'differs'}", flush=True)
        if not same:
            print(done.stdout + done.stderr, flush=True)
    print(f"{len(paths) - failed} of {len(paths)} notebooks print what is stored")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
