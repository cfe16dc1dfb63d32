"""Taking submissions in: whatever happened to the file, the answers count and nothing else does."""

import copy
import json

import nbformat
import pytest

from coursegrade.collect import MAX_BYTES, Refused, read_submission, rebuild

v4 = nbformat.v4


def cell(source, grade_id, **info):
    info = {"grade_id": grade_id, "grade": False, "solution": False, "locked": True, **info}
    made = v4.new_code_cell(source, metadata={"nbgrader": info})
    made.id = grade_id
    return made


@pytest.fixture
def released():
    return v4.new_notebook(
        cells=[
            cell("import math", "setup"),
            cell("def one(x):\n    raise NotImplementedError()", "one", solution=True),
            cell("assert one(1) == 1", "test_one", grade=True, points=2),
            cell("class Two:\n    pass", "two", solution=True),
            cell("assert Two", "test_two", grade=True, points=3),
        ]
    )


@pytest.fixture
def submitted(released):
    nb = copy.deepcopy(released)
    nb.cells[1].source = "def one(x):\n    return x"
    nb.cells[3].source = "class Two:\n    value = 2"
    return nb


def answers_of(collected):
    return [collected.nb.cells[1].source, collected.nb.cells[3].source]


RIGHT = ["def one(x):\n    return x", "class Two:\n    value = 2"]


def test_an_untouched_submission_keeps_its_answers_and_needs_no_remark(released, submitted):
    collected = rebuild(released, submitted)
    assert answers_of(collected) == RIGHT
    assert collected.remarks == []


def test_tests_points_and_tags_come_from_the_release(released, submitted):
    submitted.cells[0].source = "import os; os._exit(0)"
    submitted.cells[2].source = "pass"
    submitted.cells[2].metadata.nbgrader.points = 495
    submitted.cells[2].metadata.tags = ["raises-exception"]
    submitted.metadata.kernelspec = {"name": "perl", "display_name": "Perl"}
    submitted.cells.insert(0, v4.new_code_cell("import builtins; builtins.AssertionError = None"))
    collected = rebuild(released, submitted)
    expected = copy.deepcopy(released)
    expected.cells[1].source, expected.cells[3].source = RIGHT
    assert collected.nb == expected


def test_stripped_metadata_is_made_good_by_cell_ids(released, submitted):
    for c in submitted.cells:
        c.metadata = {}
    collected = rebuild(released, submitted)
    assert answers_of(collected) == RIGHT
    assert all("found by its cell id" in remark for remark in collected.remarks)


def test_stripped_metadata_and_ids_are_made_good_by_the_definitions(released, submitted):
    for number, c in enumerate(submitted.cells):
        c.metadata, c["id"] = {}, f"x{number}"
    collected = rebuild(released, submitted)
    assert answers_of(collected) == RIGHT
    assert all("found by its definition" in remark for remark in collected.remarks)


def test_an_old_format_without_ids_is_taken_too(tmp_path, released, submitted):
    old = json.loads(nbformat.writes(submitted))
    old["nbformat_minor"] = 4
    for c in old["cells"]:
        del c["id"]
    (tmp_path / "a.ipynb").write_text(json.dumps(old))
    collected = rebuild(released, read_submission(tmp_path / "a.ipynb", tmp_path))
    assert answers_of(collected) == RIGHT


@pytest.mark.parametrize("position", [1, 5])
def test_a_copied_cell_loses_nothing(released, submitted, position):
    """The untouched copy may stand before or behind the cell that was filled in."""
    submitted.cells.insert(position, copy.deepcopy(released.cells[1]))
    collected = rebuild(released, submitted)
    assert answers_of(collected) == RIGHT
    assert "more than once" in collected.remarks[0]


def test_reordered_cells_are_put_back(released, submitted):
    submitted.cells.reverse()
    assert answers_of(rebuild(released, submitted)) == RIGHT


def test_a_deleted_answer_counts_as_blank(released, submitted):
    del submitted.cells[1]
    collected = rebuild(released, submitted)
    assert collected.nb.cells[1].source == released.cells[1].source
    assert collected.remarks == ["one: no such cell; graded as left blank"]


@pytest.mark.parametrize("info", ["text", [], 7, {"grade_id": ["one"]}, {"grade_id": None}])
def test_nonsense_in_the_metadata_does_no_harm(released, submitted, info):
    for c in submitted.cells:
        c.metadata["nbgrader"] = info
    assert answers_of(rebuild(released, submitted)) == RIGHT


def test_the_release_is_not_changed(released, submitted):
    before = copy.deepcopy(released)
    rebuild(released, submitted)
    assert released == before


def test_a_notebook_is_read(tmp_path, submitted):
    nbformat.write(submitted, tmp_path / "a.ipynb")
    assert read_submission(tmp_path / "a.ipynb", tmp_path).cells[1].source == RIGHT[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[]", "not a valid notebook"),
        (b"{}", "not a valid notebook"),
        (
            b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}',
            "not a valid notebook",
        ),
        (b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "not a valid"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(tmp_path, content, reason):
    (tmp_path / "a.ipynb").write_bytes(content)
    with pytest.raises(Refused, match=reason):
        read_submission(tmp_path / "a.ipynb", tmp_path)


def test_a_missing_notebook_is_refused_with_what_is_there(tmp_path):
    (tmp_path / "graph(1).ipynb").touch()
    with pytest.raises(Refused, match=r"graph.ipynb: missing; the folder holds graph\(1\).ipynb"):
        read_submission(tmp_path / "graph.ipynb", tmp_path)


def test_links_out_of_the_folder_are_refused(tmp_path):
    (tmp_path / "secret.ipynb").write_text("{}")
    folder = tmp_path / "student"
    folder.mkdir()
    (folder / "a.ipynb").symlink_to(tmp_path / "secret.ipynb")
    with pytest.raises(Refused, match="leads out"):
        read_submission(folder / "a.ipynb", folder)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "a.ipynb").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="more than 20 MiB"):
        read_submission(tmp_path / "a.ipynb", tmp_path)
