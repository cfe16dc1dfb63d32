"""Submissions that set out to do harm: each ends in the state that its file names; none gains.

``tests/hostile/*.py`` are answers to the first of two tasks; their docstrings open with the state
and the points that they must end in. All are graded as one class, between two honest students.
"""

import ast
import json
import re
import sqlite3
from pathlib import Path

import nbformat
import pytest

from coursegrade.grade import grade
from coursegrade.records import Records
from coursegrade.sandbox import Unavailable, choose
from tests.small_course import answered, hand_in, make_course, options, scores

pytestmark = pytest.mark.roundtrip

HOSTILE = sorted((Path(__file__).parent / "hostile").glob("*.py"))
HEAD = re.compile(r"(?P<state>[a-z ]+) (?P<points>\d+)/4: .+", re.S)


def _expected(path: Path) -> tuple[str, float]:
    head = HEAD.match(ast.get_docstring(ast.parse(path.read_text().split('"""\n')[0] + '"""')))
    assert head is not None, f"{path.name} must open with 'state points/4: what it does'"
    return head["state"], float(head["points"])


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    try:
        kind = choose("auto")
    except Unavailable as error:
        pytest.skip(f"no sandbox here: {error}")
    course = make_course(tmp_path_factory.mktemp("hostile"))
    hand_in(course, "a-honest", answered())
    for path in HOSTILE:
        text = path.read_text().split('"""\n', 1)[1]
        hand_in(course, path.stem, answered(double=text))
    hand_in(course, "z-honest", answered())
    run = grade(course, "basics", options(kind, jobs=4, memory=512 << 20, processes=40))
    return course, run


def test_there_are_enough_of_them():
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize("path", HOSTILE, ids=lambda p: p.stem)
def test_it_ends_as_stated_and_gains_nothing(graded, path):
    course, _ = graded
    record = Records(course.records, "basics").get(path.stem)
    assert record is not None, "nothing was recorded"
    state, points = _expected(path)
    assert (record.state, record.score) == (state, points), (record.notebooks, record.flags)
    assert scores(course)[path.stem] == points


def test_the_honest_lose_nothing(graded):
    course, run = graded
    assert not run.failed and not run.warnings
    book = scores(course)
    assert book["a-honest"] == book["z-honest"] == 4
    assert len(book) == len(HOSTILE) + 2


def test_nothing_was_read_written_or_reached(graded):
    course, _ = graded
    for path in course.autograded.glob("*/basics/one.ipynb"):
        nb = nbformat.read(path, as_version=4)
        shown = json.dumps([cell.get("outputs") for cell in nb.cells])
        # what a failing test says quotes the test; what a learner's cell shows must not
        own = json.dumps(nb.cells[2].get("outputs"))
        assert "CANARY" not in own and "FOUND" not in own, path
        assert "<script" not in shown, path
    assert sorted(p.name for p in course.submitted.parent.glob("*CANARY*")) == []
    with sqlite3.connect(course.root / "gradebook.db") as book:
        (most,) = book.execute("SELECT MAX(auto_score) FROM grade").fetchone()
    assert most == 2


@pytest.mark.parametrize(
    "name", ["patches_allclose", "patches_tensor", "patches_builtins", "swaps_code", "thread",
             "walks_frames", "patches_ipython", "fakes_a_module", "rewrites_the_guard"],
)  # fmt: skip
def test_tampering_is_flagged(graded, name):
    course, _ = graded
    assert Records(course.records, "basics").get(name).flags
