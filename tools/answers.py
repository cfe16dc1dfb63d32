"""Grade the right and wrong answers in ``tests/answers``, as a class's submissions would be.

``tests/answers/<chapter>/<notebook>/<task>/{right,wrong}_*.py`` each hold the text of one solution
cell. The docstring opens with the points that it must get: ``1/3: counts paths, not nodes.``
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.utils import determine_grade

from coursegrade.forkrun import ForkRunner, Run
from tools.notebooks import Solution, Task, grade_info, load_solution
from tools.paths import ANSWERS

HEAD = re.compile(r"^(\d+(?:\.\d+)?)/(\d+): (.+)", re.S)
REMOVED = re.compile(
    r"^[ \t]*### BEGIN (SOLUTION|HIDDEN TESTS)$.*?^[ \t]*### END \1$\n?", re.M | re.S
)


@dataclass(frozen=True)
class Answer:
    """One answer to one task, and what it must get."""

    path: Path
    chapter: str
    notebook: str
    task: str
    expected: float
    points: int
    why: str
    source: str

    @property
    def right(self) -> bool:
        return self.path.name.startswith("right_")

    def __str__(self) -> str:
        return f"{self.chapter}/{self.notebook}/{self.task}/{self.path.stem}"


def read_answer(path: Path) -> Answer:
    """Read an answer file.

    Raises:
        ValueError: its docstring does not open with ``points/points: reason``, or it is not in
            ``<chapter>/<notebook>/<task>/``.
    """
    source = path.read_text(encoding="utf-8")
    try:
        chapter, notebook, task = path.relative_to(ANSWERS).parts[:-1]
    except ValueError as error:
        raise ValueError(f"{path}: should lie in <chapter>/<notebook>/<task>/") from error
    lines = source.splitlines(keepends=True)
    # the docstring alone is parsed: the answer itself may be anything, a syntax error included
    end = next(
        i for i, line in enumerate(lines) if line.rstrip().endswith('"""') and (i or len(line) > 6)
    )
    doc = ast.literal_eval("".join(lines[: end + 1]).strip())
    head = HEAD.match(doc)
    if head is None:
        raise ValueError(f"{path}: the docstring must open with 'points/points: reason'")
    expected, points, why = head.groups()
    return Answer(
        path=path,
        chapter=chapter,
        notebook=notebook,
        task=task,
        expected=float(expected),
        points=int(points),
        why=" ".join(why.split()),
        source="".join(lines[end + 1 :]).strip("\n"),
    )


def answers(chapter: str | None = None, notebook: str | None = None) -> list[Answer]:
    """Every answer file, or those of a chapter or notebook."""
    pattern = f"{chapter or '*'}/{notebook or '*'}/*/*.py"
    return [read_answer(path) for path in sorted(ANSWERS.glob(pattern))]


def stub(source: str) -> str:
    """The solution cell as a learner receives it."""
    indent = re.search(r"^([ \t]*)### BEGIN SOLUTION$", source, re.M)
    pad = indent.group(1) if indent else ""
    return REMOVED.sub(f"{pad}# YOUR CODE HERE\n{pad}raise NotImplementedError()\n", source)


def cells_for(solution: Solution, task: Task, source: str) -> tuple[list[str], list[int]]:
    """The cells to run for one answer: everything before it, the answer, the task's tests.

    Other tasks are solved by their solutions and not tested: an answer loses only its own points.
    Returns the sources and the indices, in the notebook, of the graded cells among them (last).
    """
    sources = []
    for index, cell in enumerate(solution.nb.cells[: task.tests[0]]):
        if cell.cell_type != "code" or grade_info(cell).get("grade"):
            continue
        sources.append(source if index == task.solution else cell.source)
    return sources + [solution.nb.cells[i].source for i in task.tests], list(task.tests)


def score(solution: Solution, graded: list[int], first: int, run: Run) -> float:
    """nbgrader's own points for these outputs; ``graded[0]`` ran as the cell number ``first``."""
    total = 0.0
    # a cell that hangs or kills its process leaves no outputs, nor do those after it
    for index, outputs in zip(graded, run.outputs[first:], strict=False):
        cell = nbformat.from_dict({**solution.nb.cells[index], "outputs": outputs})
        total += determine_grade(cell)[0]
    return total


@dataclass(frozen=True)
class Result:
    """An answer's points, and the first thing that went wrong."""

    answer: Answer
    got: float
    message: str
    cpu_seconds: float

    @property
    def as_stated(self) -> bool:
        return self.got == self.answer.expected


def grade(items: list[Answer], runner: ForkRunner) -> Iterator[Result]:
    """Grade the answers side by side; yield each result in the order given."""
    started = []
    for answer in items:
        solution = load_solution(answer.chapter, answer.notebook)
        sources, graded = cells_for(solution, solution.task(answer.task), answer.source)
        first = len(sources) - len(graded)
        started.append((answer, solution, graded, first, runner.submit(sources)))
    for answer, solution, graded, first, future in started:
        run = future.result()
        errors = [
            f"{output['ename']}: {output['evalue']}"
            for outputs in run.outputs
            for output in outputs
            if output["output_type"] == "error"
        ]
        message = run.stopped or (errors[0].splitlines()[0] if errors else "")
        yield Result(answer, score(solution, graded, first, run), message, run.cpu_seconds)


def main(pattern: str = "") -> int:
    """Grade the answers whose path contains ``pattern``; print a line for each that surprises."""
    items = [answer for answer in answers() if pattern in str(answer)]
    wrong = 0
    with ForkRunner(cwd=str(ANSWERS)) as runner:
        for result in grade(items, runner):
            if not result.as_stated or pattern:
                mark = "ok " if result.as_stated else "BAD"
                points = f"{result.got:g}/{result.answer.expected:g}"
                print(f"{mark} {points} {result.answer}: {result.message}")
            wrong += not result.as_stated
    print(f"{len(items)} answers, {wrong} not as stated")
    return 1 if wrong or not items else 0
