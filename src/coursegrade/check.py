"""What a learner runs: each task's visible checks, the points they stand for, and what to look at.

From a terminal ``coursegrade check graph.ipynb``; from a notebook's cell::

    from coursegrade.check import check
    check("graph.ipynb")

It runs the learner's own notebook on the learner's own machine, so there is no sandbox.
"""

from dataclasses import dataclass
from pathlib import Path

import nbformat

from coursegrade.collect import Refused, parse_submission
from coursegrade.course import Trouble, defined_names, grade_id, info, is_graded_code
from coursegrade.execute import Bounds, Cell, run_notebook
from coursegrade.sandbox import Sandbox
from coursegrade.warm import WarmParent
from coursegrade.work import points

HIDDEN = "hidden tests decide the rest"


@dataclass(frozen=True)
class Line:
    """One graded cell: its points, whether its visible part passed, and the message if not."""

    name: str
    points: float
    passed: bool
    message: str


class Checked(list):
    """The lines of a check; shows itself as a table."""

    def __str__(self) -> str:
        width = max([len("check"), *(len(line.name) for line in self)])
        rows = [f"{'check':{width}}  points  "]
        for line in self:
            state = "passes" if line.passed else line.message
            rows.append(f"{line.name:{width}}  {line.points:>6g}  {state}")
        passed = sum(line.points for line in self if line.passed)
        total = sum(line.points for line in self)
        rows.append(f"{'':{width}}  {passed:>6g}  of {total:g}, as far as the visible checks go;")
        rows.append(f"{'':{width}}          {HIDDEN}")
        return "\n".join(rows)

    __repr__ = __str__


def check(path: str | Path, timeout: float = 60.0) -> Checked:
    """Run a notebook and return a line for each of its checks.

    Args:
        path: the notebook; it is not changed.
        timeout: seconds that a cell may take.

    Raises:
        Trouble: there is no such notebook, or it is none.
    """
    path = Path(path)
    if not path.is_file():
        raise Trouble(f"There is no notebook {path}. Save it first, and mind the folder.")
    try:
        nb = parse_submission(path.name, path.read_bytes())
    except Refused as error:
        raise Trouble(str(error)) from None
    cells = [_cell(cell, index) for index, cell in enumerate(nb.cells) if cell.cell_type == "code"]
    graded = [c for c in nb.cells if is_graded_code(c)]
    if not graded:
        raise Trouble(f"{path.name} has no graded cells: is it an exercise of this course?")
    wanted: list[str] = []
    ready = []
    for cell in cells:
        if cell.role == "answer":
            wanted += defined_names(cell.source)
        ready.append(Cell(cell.source, cell.role, cell.name, tuple(wanted)))
    # its own folder and all of Python: this is the learner's machine
    bounds = Bounds(cell_seconds=timeout, sandbox=Sandbox(kind="none"))
    with WarmParent(preload=(), cold=True) as parent:
        outcome = run_notebook(parent, ready, bounds, cwd=str(path.resolve().parent))
    by_name = dict(zip([c.name for c in ready], outcome.outputs, strict=True))
    lines = Checked()
    for cell in graded:
        outputs = by_name[grade_id(cell)]
        run = nbformat.from_dict({**cell, "outputs": outputs})
        errors = [o for o in outputs if o["output_type"] == "error"]
        message = f"{errors[0]['ename']}: {errors[0]['evalue']}".splitlines()[0] if errors else ""
        worth = float(info(cell)["points"])
        lines.append(Line(grade_id(cell), worth, points(run) == worth, message[:300]))
    return lines


def _cell(cell: nbformat.NotebookNode, index: int) -> Cell:
    role = "test" if is_graded_code(cell) else "answer" if info(cell).get("solution") else "given"
    return Cell(cell.source, role, grade_id(cell) or f"cell {index}")
