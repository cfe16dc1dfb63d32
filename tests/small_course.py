"""A small nbgrader course for the tests of coursegrade: one assignment, one notebook, two tasks."""

import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursegrade.course import Course
from coursegrade.execute import Bounds
from coursegrade.grade import Options
from coursegrade.sandbox import Limits, Sandbox

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "small"
c.CourseDirectory.root = {root!r}
c.CourseDirectory.db_url = {db_url!r}
c.Coursegrade.readable = []
"""
SETUP = "import math\n\nimport torch"
DOUBLE = '''def double(x):
    """Return twice x, a number or a tensor."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION'''
TEST_DOUBLE = """expected = 4
assert double(2) == expected, f"double(2) is {double(2)}, not 4"
assert abs(double(2) - expected) == 0
print("the visible check passes")
### BEGIN HIDDEN TESTS
secret = "CANARY-hidden-test"
t = torch.tensor([1.0, 2.0, 3.0])
got = double(t)
assert isinstance(got, torch.Tensor) and len(got) == 3
assert all(a == 2 * b for a, b in zip(got.tolist(), [1.0, 2.0, 3.0]))
assert torch.allclose(got, torch.tensor([2.0, 4.0, 6.0]))
assert not torch.allclose(got, torch.tensor([2.0, 4.0, 7.0]))
torch.testing.assert_close(got, t + t)
import statistics
assert statistics.mean([double(1), double(3)]) == 4
assert math.isclose(double(0.5), 1.0)
### END HIDDEN TESTS"""
MEAN = """def mean(t):
    ### BEGIN SOLUTION
    return t.sum() / t.numel()
    ### END SOLUTION"""
TEST_MEAN = """assert mean(torch.tensor([1.0, 2.0, 6.0])).item() == 3.0
### BEGIN HIDDEN TESTS
assert torch.equal(mean(torch.zeros(4, 4)), torch.tensor(0.0))
### END HIDDEN TESTS"""


def _nbgrader(grade_id: str, *, solution: bool = False, points: int | None = None) -> dict:
    found = {
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
        "cell_type": "code",
    }
    if points is not None:
        found["points"] = points
    return {"nbgrader": found}


def source_notebook() -> nbformat.NotebookNode:
    """The author's notebook."""
    nb = new_notebook()
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nb.cells = [
        new_markdown_cell("# Basics", id="title"),
        new_code_cell(SETUP, id="setup", metadata=_nbgrader("setup")),
        new_code_cell(DOUBLE, id="double", metadata=_nbgrader("double", solution=True)),
        new_code_cell(TEST_DOUBLE, id="test_double", metadata=_nbgrader("test_double", points=2)),
        new_code_cell(MEAN, id="mean", metadata=_nbgrader("mean", solution=True)),
        new_code_cell(TEST_MEAN, id="test_mean", metadata=_nbgrader("test_mean", points=2)),
    ]
    return nb


def released(source: str) -> str:
    """A cell as learners receive it."""
    source = re.sub(r"\n### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", "", source, flags=re.S)
    return re.sub(
        r"### BEGIN SOLUTION.*?### END SOLUTION",
        "# YOUR CODE HERE\n    raise NotImplementedError()",
        source,
        flags=re.S,
    )


def release_notebook() -> nbformat.NotebookNode:
    """The notebook that learners receive."""
    from nbgrader.utils import compute_checksum

    nb = source_notebook()
    for cell in nb.cells:
        cell.source = released(cell.source)
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    return nb


def make_course(root: Path, db_url: str = "") -> Course:
    """Write the course into ``root`` and return it."""
    for folder, nb in (("source", source_notebook()), ("release", release_notebook())):
        path = root / folder / "basics" / "one.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, path)
    url = db_url or f"sqlite:///{root / 'gradebook.db'}"
    (root / "nbgrader_config.py").write_text(CONFIG.format(root=str(root), db_url=url))
    return Course.load(root)


def answered(double: str | None = None, mean: str | None = None) -> nbformat.NotebookNode:
    """A submission; the author's answers where none is given."""
    nb = release_notebook()
    nb.cells[2].source = double if double is not None else DOUBLE
    nb.cells[4].source = mean if mean is not None else MEAN
    return nb


def hand_in(course: Course, student: str, nb: nbformat.NotebookNode | bytes | str) -> Path:
    """Put a submission where the course expects it."""
    path = course.submitted / student / "basics" / "one.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(nb, bytes):
        path.write_bytes(nb)
    else:
        path.write_text(nb if isinstance(nb, str) else nbformat.writes(nb))
    return path


def options(kind: str = "namespace", jobs: int = 2, **bounds) -> Options:
    """Short limits, so that what loops does not hold the tests up."""
    limits = Limits(memory=bounds.pop("memory", 1 << 30), processes=bounds.pop("processes", 64))
    given = {"cell_seconds": 10.0, "notebook_seconds": 90.0, **bounds}
    return replace(
        Options(), jobs=jobs, bounds=Bounds(sandbox=Sandbox(kind=kind, limits=limits), **given)
    )


def scores(course: Course) -> dict[str, float]:
    """Every student's points, as nbgrader's gradebook has them."""
    from nbgrader.api import Gradebook

    with Gradebook(course.db_url) as book:
        return {s.student.id: s.score for s in book.assignment_submissions("basics")}


def python_path() -> str:
    """For subprocesses: where coursegrade is imported from."""
    return os.pathsep.join(p for p in sys.path if p)
