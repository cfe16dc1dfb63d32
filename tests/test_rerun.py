"""Notebooks rerun with Python alone: what is printed is compared as nbval compares it."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import rerun


def written(tmp_path, *cells):
    """A notebook of (source, what is stored) in a file."""
    nb = new_notebook(cells=[new_markdown_cell("Words are left alone.")])
    for source, stored in cells:
        outputs = [new_output("stream", name="stdout", text=stored)] if stored else []
        nb.cells.append(new_code_cell(source, outputs=outputs))
    path = tmp_path / "one.ipynb"
    nbformat.write(nb, path)
    return path


def test_equal_output_is_no_problem_and_cells_share_their_names(tmp_path):
    path = written(tmp_path, ("x = 2", ""), ("print(x)\nprint(x + 1)", "2\n3\n"))
    assert rerun.run(path) == []


@pytest.mark.parametrize(
    "source, stored, said",
    [
        ("print(3)", "2\n", "-2\n+3"),
        ("print(3)", "", "+3"),
        ("x = 1", "2\n", "-2"),
        ("import sys\nprint('late', file=sys.stderr)", "", "+late"),
        ("1 / 0", "", "ZeroDivisionError"),
        ("print(1)\nraise SystemExit", "1\n", "SystemExit"),
    ],
)
def test_what_differs_is_shown(tmp_path, source, stored, said):
    path = written(tmp_path, (source, stored), ("print('on')", "on\n"))
    (problem,) = rerun.run(path)
    assert "one.ipynb, code cell 0" in problem and said in problem


def test_a_function_of_a_cell_has_its_source(tmp_path):
    source = "import inspect\n\n\ndef f():\n    return 1\n\n\nprint(inspect.getsource(f).strip())"
    assert rerun.run(written(tmp_path, (source, "def f():\n    return 1\n"))) == []


def test_a_stored_figure_is_refused_not_passed(tmp_path):
    path = written(tmp_path, ("1", ""))
    nb = nbformat.read(path, 4)
    nb.cells[1].outputs = [new_output("display_data", {"image/png": ""})]
    nbformat.write(nb, path)
    with pytest.raises(ValueError, match="nbval"):
        rerun.run(path)


def test_a_command_over_several_counts_what_differs(tmp_path, capsys):
    good, bad = tmp_path / "a", tmp_path / "b"
    good.mkdir(), bad.mkdir()
    paths = [written(good, ("print(1)", "1\n")), written(bad, ("print(1)", "2\n"))]
    assert rerun.main([str(path) for path in paths]) == 1
    said = capsys.readouterr().out
    assert "a/one.ipynb: as stored" in said and "b/one.ipynb: differs" in said and "+1" in said
    assert "1 of 2 notebooks" in said
    assert rerun.main([str(paths[0])]) == 0
