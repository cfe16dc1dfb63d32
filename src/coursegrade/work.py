"""From a submission's files to its graded notebooks; everything here may run on another machine.

``do`` takes and gives plain data, so that it works the same in a thread, behind
``concurrent.futures`` and on a Dask worker. It reads no file of the class and writes none.
"""

import atexit
import copy
import threading
from dataclasses import asdict, dataclass, field

import nbformat
from nbgrader.utils import compute_checksum, determine_grade

from coursegrade.collect import Refused, parse_submission, rebuild
from coursegrade.course import Assignment, Master, defined_names, grade_id, info, is_graded_code
from coursegrade.execute import Bounds, Cell, Outcome, run_notebook
from coursegrade.warm import WarmParent

# The worst that befell any cell names the submission's state; the first here is the worst.
STATES = ("refused", "died", "out of memory", "timed out", "graded")


@dataclass
class Graded:
    """What became of one notebook of a submission.

    ``scores`` maps each graded cell's id to its points; None for one that a person grades.
    """

    state: str
    nb: dict
    scores: dict[str, float | None] = field(default_factory=dict)
    answered: dict[str, bool] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    cpu_seconds: float = 0.0
    seconds: float = 0.0

    def as_dict(self) -> dict:
        return asdict(self)


def cells_of(nb: nbformat.NotebookNode, master: Master) -> list[tuple[int, Cell]]:
    """The code cells to run, with their places in the notebook."""
    stubs = {
        grade_id(c): defined_names(c.source) for c in master.nb.cells if info(c).get("solution")
    }
    wanted: list[str] = []
    cells = []
    for index, cell in enumerate(nb.cells):
        if info(cell).get("solution"):
            wanted += stubs[grade_id(cell)]
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        name = grade_id(cell) or f"cell {index}"
        if is_graded_code(cell):
            cells.append((index, Cell(cell.source, "test", name, tuple(wanted))))
        else:
            role = "answer" if info(cell).get("solution") else "given"
            cells.append((index, Cell(cell.source, role, name)))
    return cells


def grade_notebook(
    parent: WarmParent, nb: nbformat.NotebookNode, master: Master, bounds: Bounds
) -> Graded:
    """Run a rebuilt notebook and work out its points."""
    nb = copy.deepcopy(nb)
    places = cells_of(nb, master)
    outcome: Outcome = run_notebook(parent, [cell for _, cell in places], bounds)
    for count, ((index, _), outputs) in enumerate(zip(places, outcome.outputs, strict=True), 1):
        nb.cells[index].outputs = [nbformat.from_dict(output) for output in outputs]
        nb.cells[index].execution_count = count
        for output in nb.cells[index].outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    bad = [state for state in outcome.states if state not in ("ran", "not run")]
    result = Graded(
        state=min(bad, key=STATES.index) if bad else "graded",
        nb=nb,
        flags=outcome.flags,
        cpu_seconds=outcome.cpu_seconds,
        seconds=outcome.seconds,
    )
    for (_, cell), state in zip(places, outcome.states, strict=True):
        if state not in ("ran", "not run"):
            result.remarks.append(f"{cell.name}: {state}")
    for cell in nb.cells:
        if info(cell).get("grade"):
            result.scores[grade_id(cell)] = points(cell)
        if info(cell).get("solution"):
            untouched = info(cell).get("checksum") == compute_checksum(cell)
            result.answered[grade_id(cell)] = not untouched
    return result


def points(cell: nbformat.NotebookNode) -> float | None:
    """nbgrader's points for a graded cell, except that a mere warning costs nothing.

    nbgrader gives 0 to a test that writes to stderr. Whoever passes a test passes it with a
    warning, too.
    """
    if cell.cell_type == "code":
        cell = copy.copy(cell)
        cell["outputs"] = [
            output
            for output in cell.outputs
            if not (output.output_type == "stream" and output.name == "stderr")
        ]
    score, _ = determine_grade(cell)
    return None if score is None else float(score)


def neutralise(source: str) -> str:
    """Take tags, links and pictures out of a learner's text cell: an instructor is shown it.

    Their first characters become entities, which a browser shows and Markdown does not read: no
    list of bad addresses is ever complete. MathJax has a command that makes links, too.
    """
    for found, shown in (("<", "&lt;"), ("[", "&#91;"), ("://", "&#58;//")):
        source = source.replace(found, shown)
    return source.replace("\\href", "\\mathrm")


def grade_submission(
    parent: WarmParent, assignment: Assignment, files: dict[str, bytes | str], bounds: Bounds
) -> dict[str, Graded]:
    """Grade every notebook of an assignment.

    Args:
        files: for each notebook what was handed in, or, as text, why it could not be read.

    A notebook that is refused is graded as left blank.
    """
    results = {}
    for name, master in assignment.notebooks.items():
        handed_in = files.get(name, f"{name}.ipynb: missing")
        try:
            if isinstance(handed_in, str):
                raise Refused(handed_in)
            collected = rebuild(master.nb, parse_submission(f"{name}.ipynb", handed_in))
        except Refused as error:
            graded = blank(master)
            graded.remarks.append(str(error))
            results[name] = graded
            continue
        for cell in collected.nb.cells:
            if info(cell).get("solution") and cell.cell_type == "markdown":
                cell.source = neutralise(cell.source)
        graded = grade_notebook(parent, collected.nb, master, bounds)
        graded.remarks[:0] = collected.remarks
        results[name] = graded
    return results


def blank(master: Master) -> Graded:
    """The result of a notebook that nobody handed in: no test is run, every score is 0."""
    nb = copy.deepcopy(master.nb)
    graded = Graded("refused", nb)
    for cell in nb.cells:
        if info(cell).get("grade"):
            graded.scores[grade_id(cell)] = 0.0
        if info(cell).get("solution"):
            graded.answered[grade_id(cell)] = False
    return graded


# --- on a worker ---------------------------------------------------------------------------------

_parents: dict[tuple, WarmParent] = {}
_lock = threading.Lock()


def parent_for(preload: tuple[str, ...], cold: bool) -> WarmParent:
    """This process's warm parent: one, however many threads ask."""
    with _lock:
        key = (preload, cold)
        if key not in _parents:
            _parents[key] = WarmParent(preload, cold)
        return _parents[key]


@atexit.register
def close_parents() -> None:
    """End the warm parents of this process."""
    with _lock:
        for parent in _parents.values():
            parent.close()
        _parents.clear()


def do(
    assignment: Assignment,
    files: dict[str, bytes | str],
    bounds: dict,
    preload: tuple[str, ...],
    cold: bool = False,
) -> dict[str, dict]:
    """Grade one submission here, and return plain data: see ``Graded``."""
    parent = parent_for(preload, cold)
    results = grade_submission(parent, assignment, files, Bounds.from_dict(bounds))
    return {name: graded.as_dict() for name, graded in results.items()}
