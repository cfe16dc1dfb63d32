"""Grading a class: each submission ends in one recorded state, and no fault loses any."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import nbformat
import pytest

from coursegrade.cli import main, size
from coursegrade.course import Course, Trouble
from coursegrade.grade import grade
from coursegrade.records import Records
from coursegrade.sandbox import Unavailable, choose
from tests.small_course import (
    DOUBLE,
    answered,
    hand_in,
    make_course,
    options,
    python_path,
    release_notebook,
    scores,
)

pytestmark = pytest.mark.roundtrip


@pytest.fixture(scope="module")
def kind():
    try:
        return choose("auto")
    except Unavailable as error:
        pytest.skip(f"no sandbox here: {error}")


@pytest.fixture(scope="module")
def graded(tmp_path_factory, kind):
    """A class with a submission of every kind that is not hostile."""
    course = make_course(tmp_path_factory.mktemp("class"))
    hand_in(course, "right", answered())
    hand_in(course, "half", answered(double="def double(x):\n    return 3 * x"))
    hand_in(course, "blank", release_notebook())
    warns = "import warnings\ndef double(x):\n    warnings.warn('mind')\n    return 2 * x"
    hand_in(course, "warns", answered(double=warns))
    hand_in(course, "not-json", "this is no notebook")
    hand_in(course, "not-text", b"\xff\xfe\x00")
    hand_in(course, "not-a-notebook", json.dumps({"cells": 3}))
    shutil.move(
        hand_in(course, "misnamed", answered()), course.submitted / "misnamed/basics/1.ipynb"
    )
    (course.submitted / "nothing" / "basics").mkdir(parents=True)
    outside = course.root / "outside.ipynb"
    outside.write_text(nbformat.writes(answered()))
    link = hand_in(course, "link", "")
    link.unlink()
    link.symlink_to(outside)
    hand_in(course, "large", b" " * (21 << 20))

    tampered = answered(double="def double(x):\n    return x")
    for cell in tampered.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["points"] = 1000
            cell.metadata.nbgrader["grade"] = True
    tampered.cells[3].source = "pass"
    tampered.cells[5].source = "pass"
    tampered.metadata.kernelspec["name"] = "no-such-kernel"
    hand_in(course, "tampered", tampered)
    copied = answered()
    copied.cells.append(nbformat.from_dict(dict(copied.cells[3])))
    copied.cells[-1]["id"] = "copy"
    hand_in(course, "copied", copied)
    stripped = answered()
    for cell in stripped.cells:
        cell.metadata.pop("nbgrader", None)
    stripped.cells.reverse()
    hand_in(course, "stripped", stripped)
    return course, grade(course, "basics", options(kind))


POINTS = {"right": 4, "half": 2, "blank": 0, "warns": 4, "tampered": 2, "copied": 4, "stripped": 4}
REFUSED = {
    "not-json": "not JSON", "not-text": "UTF-8", "not-a-notebook": "not a valid notebook",
    "misnamed": "1.ipynb", "nothing": "missing", "link": "leads out", "large": "MiB",
}  # fmt: skip


@pytest.mark.parametrize("student", POINTS)
def test_scores(graded, student):
    course, _ = graded
    record = Records(course.records, "basics").get(student)
    assert (record.state, record.score) == ("graded", POINTS[student]), record.notebooks
    assert scores(course)[student] == POINTS[student]


@pytest.mark.parametrize("student", REFUSED)
def test_what_cannot_be_graded_is_refused_with_its_reason(graded, student):
    course, _ = graded
    record = Records(course.records, "basics").get(student)
    assert record.state == "refused" and record.score == 0
    assert REFUSED[student] in record.remarks[0]
    assert student not in scores(course)


def test_the_class_is_complete_and_the_authors_own_solution_passed(graded):
    _, run = graded
    assert {r.student for r in run.records} == set(POINTS) | set(REFUSED)
    assert not run.failed and not run.warnings


def test_stock_nbgrader_gives_the_same_points(graded, tmp_path):
    """But for the learner who only warns: nbgrader gives 0 to a test that writes to stderr."""
    course, _ = graded
    stock = make_course(tmp_path / "stock")
    students = ["right", "half", "blank", "warns"]
    for student in students:
        hand_in(stock, student, (course.submitted / student / "basics" / "one.ipynb").read_text())
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    for command in (["generate_assignment", "basics", "--create", "--force"],
                    ["autograde", "basics", "--create"]):  # fmt: skip
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=stock.root, check=True, capture_output=True, env={**os.environ, "PATH": path},
        )  # fmt: skip
    assert scores(stock) == {s: POINTS[s] for s in students} | {"warns": 2}


def test_nbgraders_own_tools_work_on_the_result(graded):
    course, _ = graded
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "basics", "--student", "half"]
    done = subprocess.run(
        command, cwd=course.root, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    assert done.returncode == 0, done.stderr
    page = (course.feedback / "half" / "basics" / "one.html").read_text()
    assert "double(2) is 6, not 4" in page and "(Score: 2.0 / 4.0)" in page


def test_a_second_run_grades_nothing_again_and_a_change_only_itself(graded, kind):
    course, first = graded
    again = grade(course, "basics", options(kind))
    assert not again.fresh and len(again.records) == len(first.records)
    hand_in(course, "half", answered())
    assert grade(course, "basics", options(kind)).fresh == {"half"}
    assert scores(course)["half"] == 4
    hand_in(course, "half", "no notebook any more")
    assert grade(course, "basics", options(kind), ["half"]).fresh == {"half"}
    assert "half" not in scores(course), "an old score must not pass for a new one"
    hand_in(course, "half", answered(double="def double(x):\n    return 3 * x"))
    grade(course, "basics", options(kind))


def test_a_lost_gradebook_is_filled_again(tmp_path, kind):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    grade(course, "basics", options(kind))
    (tmp_path / "gradebook.db").unlink()
    assert grade(course, "basics", options(kind)).fresh == {"ada"}
    assert scores(course) == {"ada": 4}


def _start(course: Course) -> subprocess.Popen:
    command = [sys.executable, "-m", "coursegrade", "--course", str(course.root), "grade", "basics"]
    env = {**os.environ, "PYTHONPATH": python_path()}
    return subprocess.Popen(
        [*command, "--jobs", "2"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _children(pid: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    if int(file.read().rsplit(")", 1)[1].split()[1]) == pid:
                        found.append(int(name))
            except OSError:
                continue
    return found


def _wait_for(condition, seconds=90.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("victim", ["coordinator", "warm parent", "kernel"])
def test_a_kill_loses_nothing(tmp_path, kind, victim):
    if kind != "namespace":
        pytest.skip("forks are killed here; this machine has no namespaces")
    course = make_course(tmp_path)
    slow = DOUBLE + "\nimport time\ntime.sleep(0.4)"
    for number in range(6):
        hand_in(course, f"s{number}", answered(double=slow if number % 2 else None))
    run = _start(course)
    assert _wait_for(lambda: len(list(course.records.glob("basics/*.json"))) >= 2)
    if victim == "coordinator":
        pid = run.pid
    else:
        (warm,) = [p for p in _children(run.pid) if p != run.pid][:1]
        if victim == "warm parent":
            pid = warm
        else:
            assert _wait_for(lambda: _children(warm))
            pid = (_children(warm) or [warm])[0]
    os.kill(pid, signal.SIGKILL)
    run.communicate(timeout=120)
    if victim == "coordinator":
        assert run.returncode == -signal.SIGKILL
        assert _start(course).communicate(timeout=120)
    else:
        # what was killed under way may be named as dead; asked again, it is graded
        main(["--course", str(course.root), "grade", "basics", "--force", "--jobs", "2"])
    assert scores(course) == {f"s{number}": 4 for number in range(6)}
    with sqlite3.connect(tmp_path / "gradebook.db") as book:
        (count,) = book.execute("SELECT COUNT(*) FROM submitted_assignment").fetchone()
    assert count == 6


def test_two_at_once_are_kept_apart(tmp_path, kind):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    records = Records(course.records, "basics")
    with records.lock(), pytest.raises(Trouble, match=f"process {os.getpid()}"):
        grade(course, "basics", options(kind))
    assert grade(course, "basics", options(kind)).fresh == {"ada"}


def test_a_locked_gradebook_is_waited_for(tmp_path, kind, monkeypatch):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    grade(course, "basics", options(kind))
    book = sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None)
    book.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("coursegrade.gradebook.PATIENCE", 1.0)
    hand_in(course, "ada", answered(mean="def mean(t):\n    return t.mean()"))
    with pytest.raises(Exception, match="locked"):
        grade(course, "basics", options(kind))
    book.execute("ROLLBACK")
    assert grade(course, "basics", options(kind)).fresh == {"ada"}
    assert scores(course) == {"ada": 4}


def test_a_full_disk_is_said_and_loses_nothing(tmp_path, kind, monkeypatch):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    hand_in(course, "bob", answered())
    real = nbformat.write

    def full(nb, path, *args, **kwargs):
        if "bob" in str(path):
            raise OSError(28, "No space left on device")
        return real(nb, path, *args, **kwargs)

    monkeypatch.setattr("coursegrade.gradebook.nbformat.write", full)
    run = grade(course, "basics", options(kind))
    assert run.fresh == {"ada"} and "No space left" in run.failed["bob"]
    monkeypatch.undo()
    assert grade(course, "basics", options(kind)).fresh == {"bob"}
    assert scores(course) == {"ada": 4, "bob": 4}
    assert not list(course.autograded.glob("*/.basics-*")), "no half-written folder is left"


def test_an_author_is_told_when_the_solution_fails_its_own_test(tmp_path, kind):
    course = make_course(tmp_path)
    path = course.source / "basics" / "one.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[3].source = nb.cells[3].source.replace("expected = 4", "expected = 5")
    nbformat.write(nb, path)
    hand_in(course, "ada", answered())
    run = grade(course, "basics", options(kind))
    assert run.warnings == ["one: the author's solution gets 0 of 2 in test_double"]


def test_what_stops_every_submission_is_said_once_and_plainly(tmp_path, kind, monkeypatch):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    monkeypatch.setattr("coursegrade.warm.START_SECONDS", 0.01)
    monkeypatch.setattr("coursegrade.work._parents", {})
    with pytest.raises(Trouble, match="warm parent did not start"):
        grade(course, "basics", options(kind))


def test_without_a_sandbox_only_when_told(tmp_path, monkeypatch, capsys):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    for name in ("_namespaces_work", "_bwrap_works"):
        monkeypatch.setattr(f"coursegrade.sandbox.{name}", lambda: False)
    command = ["--course", str(course.root), "grade", "basics"]
    assert main(command) == 2
    assert "--sandbox none" in capsys.readouterr().err
    assert main([*command, "--sandbox", "none"]) == 0
    shown = capsys.readouterr()
    assert "no sandbox" in shown.err and "ada" in shown.out
    assert scores(course) == {"ada": 4}


def test_bubblewrap_gives_the_same(tmp_path):
    try:
        choose("bwrap")
    except Unavailable:
        pytest.skip("bubblewrap does not work here")
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    exits = "import os\ndef double(x):\n    os._exit(0)"
    hand_in(course, "bob", answered(double=exits))
    patches = "torch.allclose = lambda *args: True\ndef double(x):\n    return x"
    hand_in(course, "eve", answered(double=patches))
    run = grade(course, "basics", options("bwrap", cell_seconds=60.0, notebook_seconds=200.0))
    states = {r.student: r.state for r in run.records}
    assert states == {"ada": "graded", "bob": "died", "eve": "graded"}
    assert scores(course) == {"ada": 4, "bob": 2, "eve": 2}
    assert any("torch.allclose" in flag for r in run.records for flag in r.flags)


def test_what_the_course_shows_can_be_read_and_not_written_wherever_it_lies(tmp_path, kind):
    """The folder of this test lies below /tmp, which the sandbox covers."""
    course = make_course(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "two.txt").write_text("2")
    config = tmp_path / "nbgrader_config.py"
    config.write_text(config.read_text().replace("readable = []", 'readable = ["data"]'))
    course = Course.load(tmp_path)
    path = tmp_path / "data" / "two.txt"
    reads = f"""def double(x):
    try:
        open({str(path)!r}, "w")
    except OSError:
        return int(open({str(path)!r}).read()) * x"""
    hand_in(course, "ada", answered(double=reads))
    hides = f"""import os
def double(x):
    return 2 * x if os.listdir({str(tmp_path)!r}) == ["data"] else x"""
    hand_in(course, "bob", answered(double=hides))
    grade(course, "basics", options(kind))
    assert scores(course) == {"ada": 4, "bob": 4}
    assert path.read_text() == "2"


def test_a_test_may_exchange_an_inherited_method_and_put_it_back(tmp_path, kind):
    course = make_course(tmp_path)
    for folder in (course.source, course.release):
        path = folder / "basics" / "one.ipynb"
        nb = nbformat.read(path, as_version=4)
        nb.cells[5].source = (
            "_real = torch.Tensor.cumsum\n"
            "torch.Tensor.cumsum = lambda *args: 1 / 0\n"
            "try:\n    assert mean(torch.ones(2)).item() == 1\n"
            "finally:\n    torch.Tensor.cumsum = _real"
        )
        nbformat.write(nb, path)
    hand_in(course, "ada", answered())
    run = grade(course, "basics", options(kind))
    assert not run.warnings and scores(course) == {"ada": 4}


def test_a_module_that_only_the_setup_imports_is_put_back_too(tmp_path, kind):
    course = make_course(tmp_path)
    for folder in (course.source, course.release):
        path = folder / "basics" / "one.ipynb"
        nb = nbformat.read(path, as_version=4)
        nb.cells[1].source += "\nimport cmath"
        nb.cells[5].source += "\nassert cmath.isclose(mean(torch.ones(2)).item(), 1)"
        nbformat.write(nb, path)
    course = Course.load(tmp_path)
    eve = nbformat.read(course.release / "basics" / "one.ipynb", as_version=4)
    eve.cells[2].source = DOUBLE
    eve.cells[4].source = (
        "import cmath\ncmath.isclose = lambda *args: True\n"
        "def mean(t):\n    return t.mean() if t.numel() > 2 else t.mean() + 1"
    )
    hand_in(course, "eve", eve)
    grade(course, "basics", options(kind))
    assert scores(course) == {"eve": 2}
    assert any("cmath.isclose" in f for f in Records(course.records, "basics").get("eve").flags)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["grade", "nothing"], "there are: basics"),
        (["grade", "basics"], "No submission"),
        (["grade", "basics", "--student", "eve"], "eve"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(tmp_path, capsys, arguments, says):
    course = make_course(tmp_path)
    assert main(["--course", str(course.root), *arguments]) == 2
    assert says in capsys.readouterr().err


def test_outside_a_course(tmp_path, capsys):
    assert main(["--course", str(tmp_path), "grade", "basics"]) == 2
    assert "nbgrader_config.py" in capsys.readouterr().err


def test_sizes():
    assert (size("2GiB"), size("512MiB"), size("1MB"), size("7")) == (2 << 30, 512 << 20, 10**6, 7)
