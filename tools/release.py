"""Release the exercises: nbgrader makes ``exercises/`` from ``solutions/``, and nothing leaks."""

import re
import shutil
import tempfile
from pathlib import Path

import nbformat

from tools.environment import Trouble
from tools.notebooks import grade_info
from tools.paths import EXERCISES, ROOT, SOLUTIONS, chapters
from tools.steps import run

REGION = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)(.*?)### END \1", re.S)
MARKS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


def generate(chapter: str, target: Path) -> None:
    """Let nbgrader release a chapter into ``target/<chapter>``, without touching a gradebook."""
    run(
        [
            "python", "-m", "nbgrader", "generate_assignment", chapter,
            "--create", "--force", "--no-db", f"--CourseDirectory.release_directory={target}",
        ],
        log=f"release-{chapter}",
        advice="nbgrader names the notebook and the cell above. Mend it in solutions/.",
        show=lambda line: None,
    )  # fmt: skip


def differences(chapter: str, target: Path) -> list[str]:
    """What would change in ``exercises/`` if ``target`` took its place."""
    new = {p.name: p.read_bytes() for p in (target / chapter).glob("*.ipynb")}
    old = {p.name: p.read_bytes() for p in (EXERCISES / chapter).glob("*.ipynb")}
    found = [f"{chapter}/{name}: not released yet" for name in sorted(new.keys() - old.keys())]
    found += [f"{chapter}/{name}: has no solution" for name in sorted(old.keys() - new.keys())]
    found += [
        f"{chapter}/{name}: differs from its solution's release"
        for name in sorted(new.keys() & old.keys())
        if new[name] != old[name]
    ]
    return found


def leaks(solution: nbformat.NotebookNode, released: nbformat.NotebookNode) -> list[str]:
    """What a released notebook holds that a learner should not see.

    Beside the markers and outputs, it looks for every longer line that stands only in a solution
    or a hidden test: text can leak without its marker.
    """
    found = []
    text = "\n".join(cell.source for cell in released.cells)
    found += [f"the marker {mark!r}" for mark in MARKS if mark in text]
    for cell in released.cells:
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count):
            found.append(f"stored output in cell {cell.get('id')}")
    secret, public = set(), []
    for cell in solution.cells:
        public.append(REGION.sub("", cell.source))
        for _, inner in REGION.findall(cell.source):
            secret.update(line.strip() for line in inner.splitlines())
    visible = "\n".join(public)
    found += [
        f"a line of a solution or hidden test: {line}"
        for line in sorted(secret)
        if len(line) >= 16 and line in text and line not in visible
    ]
    for cell in released.cells:
        info = grade_info(cell)
        if info.get("solution") and not info.get("grade") and "YOUR CODE HERE" not in cell.source:
            found.append(f"solution cell {info['grade_id']} was not replaced by a stub")
    return found


def check(write: bool = False) -> str:
    """Release every chapter into a temporary folder and compare with ``exercises/``.

    Args:
        write: bring ``exercises/`` up to date instead of failing.

    Raises:
        Trouble: a notebook leaks, or (without ``write``) the folder is out of date.
    """
    problems: list[str] = []
    changed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        for chapter in chapters():
            generate(chapter, target)
            for path in sorted((target / chapter).glob("*.ipynb")):
                count += 1
                solution = nbformat.read(SOLUTIONS / chapter / path.name, as_version=4)
                released = nbformat.read(path, as_version=4)
                problems += [f"{chapter}/{path.name}: {leak}" for leak in leaks(solution, released)]
            if problems:
                raise Trouble("exercises would leak:\n  " + "\n  ".join(problems))
            news = differences(chapter, target)
            if news and not write:
                raise Trouble(
                    "exercises/ is not what solutions/ releases:\n  "
                    + "\n  ".join(news)
                    + "\nRun `make exercises` and commit the result; never edit exercises/ by hand."
                )
            changed += _take_over(chapter, target) if write else 0
    return f"{count} notebooks" + (f", {changed} changed" if write else ", none differs")


def _take_over(chapter: str, target: Path) -> int:
    """Copy what differs, drop what has no solution any more; return how many files changed."""
    folder = EXERCISES / chapter
    folder.mkdir(parents=True, exist_ok=True)
    changed = 0
    for path in folder.glob("*.ipynb"):
        if not (target / chapter / path.name).exists():
            path.unlink()
            changed += 1
    for path in (target / chapter).glob("*.ipynb"):
        mine = folder / path.name
        if not mine.exists() or mine.read_bytes() != path.read_bytes():
            shutil.copyfile(path, mine)
            print(f"      {mine.relative_to(ROOT)}", flush=True)
            changed += 1
    return changed
