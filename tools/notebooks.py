"""Read a solution notebook as what it is: a list of tasks."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat

from tools.environment import Trouble
from tools.paths import SOLUTIONS

TASK_TITLE = re.compile(r"^## Task (\d+): (.+?)\s*$", re.M)
TASK_FACTS = re.compile(
    r"^\*Difficulty ([1-5])/5 · about (\d+) minutes? · (\d+) points?\*\s*$", re.M
)


class Malformed(Trouble, ValueError):
    """A notebook that cannot be read as a list of tasks."""


@dataclass
class Task:
    """One task: its text, its solution cell and the graded cells that follow it."""

    name: str  # grade_id of the solution cell
    number: int
    title: str
    difficulty: int  # 1 to 5
    minutes: int
    stated_points: int
    text: str
    solution: int  # index of the solution cell
    tests: list[int] = field(default_factory=list)  # indices of the graded cells
    points: int = 0


@dataclass
class Solution:
    """A solution notebook and its tasks."""

    path: Path
    nb: nbformat.NotebookNode
    tasks: list[Task]

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def chapter(self) -> str:
        return self.path.parent.name

    @property
    def title(self) -> str:
        match = re.search(r"^# (.+)$", self.nb.cells[0].source, re.M)
        return match.group(1) if match else self.name

    @property
    def points(self) -> int:
        return sum(task.points for task in self.tasks)

    def task(self, name: str) -> Task:
        for task in self.tasks:
            if task.name == name:
                return task
        raise KeyError(
            f"{self.path.name} has no task {name!r}; it has {[t.name for t in self.tasks]}"
        )


def grade_info(cell) -> dict:
    """The cell's nbgrader metadata, empty where it has none."""
    return cell.metadata.get("nbgrader", {})


def parse(path: Path, nb: nbformat.NotebookNode) -> Solution:
    """Find the tasks: a heading cell, one solution cell, the graded cells up to the next one.

    Raises:
        Malformed: a solution cell without a task heading before it, a graded cell before the
            first solution cell, or a heading without its line of difficulty, time and points.
    """
    tasks: list[Task] = []
    heading = None
    for index, cell in enumerate(nb.cells):
        info = grade_info(cell)
        if cell.cell_type == "markdown" and TASK_TITLE.search(cell.source):
            heading = cell.source
        elif info.get("solution") and not info.get("grade"):
            if heading is None:
                raise Malformed(f"{path.name}: solution cell {info['grade_id']} has no '## Task'")
            facts = TASK_FACTS.search(heading)
            if facts is None:
                raise Malformed(
                    f"{path.name}: the heading of {info['grade_id']} lacks its line "
                    "'*Difficulty 2/5 · about 8 minutes · 3 points*'"
                )
            number, title = TASK_TITLE.search(heading).groups()
            difficulty, minutes, points = map(int, facts.groups())
            tasks.append(
                Task(
                    name=info["grade_id"],
                    number=int(number),
                    title=title,
                    difficulty=difficulty,
                    minutes=minutes,
                    stated_points=points,
                    text=heading,
                    solution=index,
                )
            )
            heading = None
        elif info.get("grade"):
            if not tasks:
                raise Malformed(f"{path.name}: {info['grade_id']} grades before the first task")
            tasks[-1].tests.append(index)
            tasks[-1].points += int(info["points"])
    return Solution(path, nb, tasks)


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Read one of the course's own notebooks.

    Raises:
        Malformed: it is no notebook; with the command that takes the last good one back.
    """
    try:
        nb = nbformat.read(path, as_version=4)
        nbformat.validate(nb)
    except Exception as error:  # nbformat raises many kinds, UnicodeDecodeError among them
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        name = path.relative_to(SOLUTIONS.parent)
        raise Malformed(
            f"{name} is not a notebook: {reason}\n"
            f"Take the last good one back with: git checkout -- {name}"
        ) from error
    return nb


@cache
def _load(path: Path, mtime_ns: int) -> Solution:
    return parse(path, read_notebook(path))


def load_solution(chapter: str, name: str) -> Solution:
    """The solution notebook ``solutions/<chapter>/<name>.ipynb``, read once per version of it."""
    path = SOLUTIONS / chapter / f"{name}.ipynb"
    if not path.exists():
        there = sorted(p.stem for p in path.parent.glob("*.ipynb"))
        raise FileNotFoundError(f"no solution notebook {chapter}/{name}; {chapter} has {there}")
    return _load(path, path.stat().st_mtime_ns)


def solutions(chapter: str) -> list[Solution]:
    """A chapter's solution notebooks, by name."""
    return [load_solution(chapter, p.stem) for p in sorted((SOLUTIONS / chapter).glob("*.ipynb"))]
