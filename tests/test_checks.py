"""The checks themselves: the model page and notebook pass, and each thing taken away is noticed."""

import copy

import pytest

from tools import checks
from tools.notebooks import load_solution, parse
from tools.paths import BOOK

PAGE = BOOK / "autograd" / "graph.md"


def page_with(tmp_path, old, new, count=-1):
    text = PAGE.read_text(encoding="utf-8")
    assert old in text, f"the model page no longer holds {old!r}"
    folder = tmp_path / "autograd"
    folder.mkdir()
    (folder / "graph.md").write_text(text.replace(old, new, count), encoding="utf-8")
    return checks.page_problems(folder / "graph.md")


def test_the_model_page_passes():
    assert checks.page_problems(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    format_name: myst\n", "", "not executed"),
        ("{admonition} About this page", "{admonition} About", "no box"),
        ("**Mirrors**", "Mirrors", "which section"),
        ("**Time** about 25 minutes", "**Time** a while", "minutes"),
        ("**Before this**", "", "Before this"),
        (":class: predict", ":class: question", "'Predict, then run' questions, not 2"),
        (":::{dropdown} Answer", ":::{dropdown} More", "without 'Answer'"),
        ("  figure:\n", "  fig:\n", "no figure"),
        ("    caption: |", "    title: |", "no caption"),
        ("    alt: ", "    description: ", "alt text"),
        ("## Summary", "## In short", "must end in"),
        ("```{exercises} autograd/graph", "```{exercises} autograd/other", "exercises directive"),
        ("## Leaves", "## Leaves TODO", "holds one of"),
        ("colors = use_style()", f"colors = use_style()  # {'x' * 80}", "a code line of"),
    ],
)
def test_what_a_page_lacks_is_named(tmp_path, old, new, problem):
    found = page_with(tmp_path, old, new)
    assert any(
        problem in line.replace("{exercises} directive", "exercises directive") for line in found
    )


def test_a_page_that_is_not_there_is_named(tmp_path):
    assert checks.page_problems(tmp_path / "none.md") == ["named in _toc.yml, but not there"]


def notebook_with(change):
    solution = load_solution("autograd", "graph")
    nb = copy.deepcopy(solution.nb)
    change(nb)
    return checks.exercise_problems(parse(solution.path, nb))


def replace(cell_id, old, new):
    def change(nb):
        (cell,) = [c for c in nb.cells if c.id == cell_id]
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def first_task(old, new):
    def change(nb):
        cell = next(c for c in nb.cells if "## Task 1" in c.source)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def metadata(cell_id, key, value):
    def change(nb):
        (cell,) = [c for c in nb.cells if c.id == cell_id]
        cell.metadata.nbgrader[key] = value

    return change


def forget_outputs(nb):
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = None, []


def test_the_model_notebook_passes():
    assert notebook_with(lambda nb: None) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (first_task("Hint 2", "Tip 2"), "not two hints"),
        (first_task("2 points", "5 points"), "says 5 points, has 2"),
        (first_task("6 minutes", "60 minutes"), "the first cell should say"),
        (
            replace("receives_grad", "def receives_grad", "def other"),
            "does not define receives_grad",
        ),
        (replace("receives_grad", "### BEGIN SOLUTION", "#"), "no solution region"),
        (replace("test_receives_grad", "### BEGIN HIDDEN TESTS", "#"), "no hidden tests"),
        (replace("setup", "torchnotes.exercise", "torchnotes.engine"), "imports torchnotes.engine"),
        (metadata("test_receives_grad", "points", 9), "points, not about 10"),
        (metadata("test_receives_grad", "locked", False), "not locked"),
        (metadata("test_receives_grad", "grade_id", "check"), "its graded cell is called check"),
        (forget_outputs, "run `make solutions`"),
        (replace("setup", "import torch\n", "# NBVAL_IGNORE_OUTPUT\n"), "without saying why"),
    ],
)
def test_what_a_notebook_lacks_is_named(change, problem):
    assert any(problem in line for line in notebook_with(change))
