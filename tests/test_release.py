"""What learners receive: nothing of a solution, a hidden test or a stored output."""

import nbformat
import pytest

from tools.answers import stub
from tools.notebooks import grade_info, solutions
from tools.paths import EXERCISES, chapters
from tools.release import differences, leaks

v4 = nbformat.v4
RELEASED = [
    pytest.param(solution, id=f"{chapter}/{solution.name}")
    for chapter in chapters()
    for solution in solutions(chapter)
]


def released_of(solution):
    return nbformat.read(EXERCISES / solution.chapter / solution.path.name, as_version=4)


@pytest.mark.parametrize("solution", RELEASED)
def test_no_released_notebook_leaks(solution):
    assert leaks(solution.nb, released_of(solution)) == []


@pytest.mark.parametrize("solution", RELEASED)
def test_every_answer_cell_is_the_stub_and_every_test_is_there(solution):
    cells = [c for c in released_of(solution).cells if grade_info(c)]
    released = {grade_info(c)["grade_id"]: c.source for c in cells}
    for task in solution.tasks:
        given = "".join(released[task.name].split())
        assert given == "".join(stub(solution.nb.cells[task.solution].source).split())
        for index in task.tests:
            assert released[grade_info(solution.nb.cells[index])["grade_id"]].strip()


SECRET = "def double(x):\n    ### BEGIN SOLUTION\n    return x + x + 0 * x\n    ### END SOLUTION"
TEST = "assert double\n### BEGIN HIDDEN TESTS\nassert double(21) == 42\n### END HIDDEN TESTS"


def pair(solution=SECRET, test=TEST):
    """A notebook with one task, and its clean release."""
    info = {"grade_id": "double", "solution": True, "grade": False}
    source = v4.new_notebook(
        cells=[v4.new_code_cell(solution, metadata={"nbgrader": info}), v4.new_code_cell(test)]
    )
    clean = v4.new_notebook(
        cells=[
            v4.new_code_cell(stub(solution), metadata={"nbgrader": info}),
            v4.new_code_cell("assert double"),
        ]
    )
    return source, clean


def test_a_clean_release_passes():
    assert leaks(*pair()) == []


@pytest.mark.parametrize(
    ("cell", "change", "found"),
    [
        (0, {"source": SECRET}, "BEGIN SOLUTION"),
        (0, {"source": "def double(x):\n    return x + x + 0 * x"}, "return x + x"),
        (1, {"source": "assert double(21) == 42"}, "double(21)"),
        (1, {"source": TEST}, "BEGIN HIDDEN TESTS"),
        (1, {"outputs": [v4.new_output("stream", text="42")]}, "stored output"),
        (1, {"execution_count": 3}, "stored output"),
        (0, {"source": "def double(x): ..."}, "not replaced by a stub"),
    ],
)
def test_each_kind_of_leak_is_found(cell, change, found):
    source, released = pair()
    released.cells[cell].update(change)
    assert any(found in leak for leak in leaks(source, released))


def test_a_line_that_the_learner_sees_anyway_is_no_leak():
    line = "x = make_example(1)"
    source, released = pair(test=f"{line}\n### BEGIN HIDDEN TESTS\n{line}\n### END HIDDEN TESTS")
    released.cells[1].source = "x = make_example(1)"
    assert leaks(source, released) == []


def test_edits_by_hand_are_reported(tmp_path, monkeypatch):
    mine, theirs = tmp_path / "exercises", tmp_path / "new"
    for folder in (mine, theirs):
        (folder / "c").mkdir(parents=True)
    monkeypatch.setattr("tools.release.EXERCISES", mine)
    (mine / "c/edited.ipynb").write_text("a")
    (theirs / "c/edited.ipynb").write_text("b")
    (mine / "c/orphan.ipynb").write_text("")
    (theirs / "c/new.ipynb").write_text("")
    assert differences("c", theirs) == [
        "c/new.ipynb: not released yet",
        "c/orphan.ipynb: has no solution",
        "c/edited.ipynb: differs from its solution's release",
    ]
