"""Reading solution notebooks as lists of tasks."""

from pathlib import Path

import nbformat
import pytest

from tools.answers import stub
from tools.environment import Trouble
from tools.notebooks import load_solution, parse, solutions
from tools.paths import chapters, pages

v4 = nbformat.v4
HEADING = "## Task 1: Double\n*Difficulty 2/5 · about 8 minutes · 3 points*\n\nWhy."


def code(source, **info):
    return v4.new_code_cell(source, metadata={"nbgrader": info} if info else {})


def solution_cell(name="double"):
    return code("def double(x): ...", grade=False, solution=True, grade_id=name)


def graded_cell(points, name="test_double"):
    return code("assert True", grade=True, solution=False, grade_id=name, points=points)


def notebook(*cells):
    return v4.new_notebook(cells=list(cells))


def test_a_task_is_a_heading_an_answer_and_its_graded_cells():
    nb = notebook(
        v4.new_markdown_cell("# Title"),
        v4.new_markdown_cell(HEADING),
        solution_cell(),
        graded_cell(1),
        graded_cell(2, "test_double_edge"),
    )
    (task,) = parse(Path("n.ipynb"), nb).tasks
    assert (task.number, task.title, task.difficulty, task.minutes) == (1, "Double", 2, 8)
    assert (task.stated_points, task.points, task.solution, task.tests) == (3, 3, 2, [3, 4])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([solution_cell()], "has no '## Task'"),
        ([v4.new_markdown_cell("## Task 1: Double"), solution_cell()], "lacks its line"),
        ([graded_cell(1)], "grades before the first task"),
    ],
)
def test_what_is_missing_is_named(cells, message):
    with pytest.raises(ValueError, match=message):
        parse(Path("n.ipynb"), notebook(*cells))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}', "<html>"])
def test_a_malformed_solution_is_named_with_what_to_do(tmp_path, monkeypatch, content):
    folder = tmp_path / "solutions" / "c"
    folder.mkdir(parents=True)
    (folder / "n.ipynb").write_text(content)
    monkeypatch.setattr("tools.notebooks.SOLUTIONS", tmp_path / "solutions")
    with pytest.raises(Trouble, match=r"solutions/c/n.ipynb is not a notebook.*\n.*git checkout"):
        load_solution("c", "n")


def test_an_unknown_notebook_is_named_with_those_there():
    with pytest.raises(FileNotFoundError, match=r"no solution notebook autograd/nothing.*graph"):
        load_solution("autograd", "nothing")


@pytest.mark.parametrize("chapter", chapters())
def test_every_page_has_a_notebook_of_its_name(chapter):
    assert {s.name for s in solutions(chapter)} == {page.stem for page in pages(chapter)}


def test_a_stub_keeps_the_indentation():
    source = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n"
    assert stub(source) == "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
