"""coursegrade's other commands: check, pack, report, export."""

import csv
import importlib
import io
import json
import zipfile

import nbformat
import pytest

from coursegrade.check import check
from coursegrade.cli import main
from coursegrade.course import Course, Trouble
from coursegrade.export import export, safe
from coursegrade.gradebook import open_gradebook
from coursegrade.records import Record, Records
from coursegrade.report import concerns, items
from coursegrade.report import text as report_text
from coursegrade.warm import WarmParent
from tests.small_course import answered, hand_in, make_course, release_notebook


def _record(student, double, mean, state="graded", flags=()):
    notebook = {
        "state": state, "score": double + mean, "max_score": 4.0, "remarks": [],
        "scores": {"test_double": double, "test_mean": mean}, "flags": list(flags),
        "seconds": 0.0, "cpu_seconds": 0.0,
    }  # fmt: skip
    return Record(student, "basics", state, "", double + mean, 4.0, {"one": notebook})


RECORDS = [
    _record("ada", 2.0, 2.0),
    _record("bob", 2.0, 0.0, flags=["test_double: torch.allclose"]),
    _record("cleo", 0.0, 0.0, state="timed out"),
    _record("dan", 0.0, 2.0),
]


def test_difficulty_is_the_mean_share_and_discrimination_a_correlation(tmp_path):
    double, mean = items(RECORDS, make_course(tmp_path).assignment("basics"))
    assert (double.task, double.share, mean.share) == ("test_double", 0.5, 0.5)
    assert double.discrimination == pytest.approx(0), "half of the solvers solved the other task"
    same = [_record("a", 2.0, 2.0), _record("b", 0.0, 0.0), _record("c", 2.0, 2.0)]
    assert items(same, make_course(tmp_path).assignment("basics"))[0].discrimination == (
        pytest.approx(1)
    )
    alone = items(RECORDS[:1], make_course(tmp_path).assignment("basics"))
    assert alone[0].discrimination is None


def test_the_report_names_what_to_look_at(tmp_path):
    shown = report_text(RECORDS, make_course(tmp_path).assignment("basics"))
    assert "4 submissions" in shown and "mean 2.0, median 2" in shown
    assert dict(concerns(RECORDS)) == {
        "bob": "changed one: test_double: torch.allclose",
        "cleo": "timed out: ",
    }


def test_report_writes_a_page(tmp_path, capsys):
    course = make_course(tmp_path)
    command = ["--course", str(tmp_path), "report", "basics"]
    assert main(command) == 2 and "coursegrade grade basics" in capsys.readouterr().err
    for record in RECORDS:
        Records(course.records, "basics").put(record)
    assert main(command) == 0
    page = (course.records / "basics" / "report.html").read_text()
    assert "<svg" in page and "torch.allclose" in page and "<script" not in page


def test_check_shows_a_learner_each_task(tmp_path):
    path = tmp_path / "one.ipynb"
    nbformat.write(release_notebook(), path)
    lines = check(path)
    assert [line.passed for line in lines] == [False, False]
    assert "NotImplementedError" in lines[0].message
    wrong = release_notebook()
    wrong.cells[2].source = "def double(x):\n    return 3 * x"
    wrong.cells[4].source = "def mean(t):\n    return t.mean()"
    nbformat.write(wrong, path)
    before = path.read_bytes()
    lines = check(path)
    assert [line.passed for line in lines] == [False, True]
    assert "double(2) is 6, not 4" in str(lines) and "2  of 4" in str(lines)
    assert path.read_bytes() == before


def test_check_works_where_no_socket_can_be_handed_over(tmp_path, monkeypatch):
    """As on Windows, but for the system: the process connects to a port, with a word."""
    real = WarmParent.__init__

    def as_on_windows(self, *args, **kwargs):
        real(self, *args, **kwargs)
        self.by_port = True

    monkeypatch.setattr(WarmParent, "__init__", as_on_windows)
    path = tmp_path / "one.ipynb"
    nbformat.write(answered(), path)
    assert [line.passed for line in check(path)] == [True, True]


@pytest.mark.parametrize(("text", "says"), [(None, "no notebook"), ("{", "not JSON")])
def test_check_says_what_is_wrong_with_the_file(tmp_path, text, says):
    path = tmp_path / "one.ipynb"
    if text is not None:
        path.write_text(text)
    with pytest.raises(Trouble, match=says):
        check(path)


def test_pack_holds_what_a_learner_needs_and_nothing_else(tmp_path):
    make_course(tmp_path)
    config = tmp_path / "nbgrader_config.py"
    config.write_text(config.read_text().replace("readable = []", 'readable = ["data"]'))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "numbers.txt").write_text("1 2 3")
    target = tmp_path / "basics.zip"
    assert main(["--course", str(tmp_path), "pack", "basics", "--to", str(target)]) == 0
    first = target.read_bytes()
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        text = "".join(archive.read(name).decode() for name in names)
    assert names == ["basics/basics/one.ipynb", "basics/data/numbers.txt"]
    assert "BEGIN SOLUTION" not in text and "CANARY-hidden-test" not in text
    assert main(["--course", str(tmp_path), "pack", "basics", "--to", str(target)]) == 0
    assert target.read_bytes() == first


def test_pack_refuses_a_release_with_hidden_tests(tmp_path):
    course = make_course(tmp_path)
    source = course.source / "basics" / "one.ipynb"
    (course.release / "basics" / "one.ipynb").write_text(source.read_text())
    assert main(["--course", str(tmp_path), "pack", "basics", "--to", str(tmp_path / "x.zip")]) == 2
    assert not (tmp_path / "x.zip").exists()


@pytest.fixture
def book(tmp_path):
    """A gradebook with two students' points, one of whom has a name for a spreadsheet."""
    course = make_course(tmp_path)
    with open_gradebook(course) as gradebook:
        gradebook.add_assignment("basics")
        gradebook.add_notebook("one", "basics")
        gradebook.add_grade_cell("test", "one", "basics", max_score=4, cell_type="code")
        for student, names in (
            ("ada", {"first_name": "Ada", "last_name": "Lovelace", "lms_user_id": "17"}),
            ("eve", {"last_name": "=cmd()", "email": "eve@example.org"}),
        ):
            gradebook.add_student(student, **names)
            gradebook.add_submission("basics", student)
            grade = gradebook.find_grade("test", "one", "basics", student)
            grade.auto_score, grade.extra_credit = (4 if student == "ada" else 1), 0
        gradebook.db.commit()
    return course


def test_export_for_canvas(book):
    rows = list(csv.reader(io.StringIO(export(book, "basics", "canvas"))))
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "basics"]
    assert rows[1][0].strip() == "Points Possible" and rows[1][-1] == "4"
    assert rows[2] == ["Lovelace, Ada", "17", "", "ada", "", "4"]
    assert rows[3][0] == "'=cmd()" and rows[3][-1] == "1"


def test_export_for_moodle_to_a_file(book, tmp_path):
    target = tmp_path / "grades.csv"
    command = ["--course", str(book.root), "export", "basics", "--format", "moodle"]
    assert main([*command, "--to", str(target)]) == 0
    with target.open(newline="") as file:
        rows = {row["ID number"]: row for row in csv.DictReader(file)}
    assert rows["ada"]["basics"] == "4" and rows["eve"]["Email address"] == "eve@example.org"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_name_is_no_formula(text):
    assert safe(text) == "'" + text
    assert safe("Ada") == "Ada"


def test_unknown_settings_are_named(tmp_path):
    make_course(tmp_path)
    config = tmp_path / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.Coursegrade.readible = []\n")
    with pytest.raises(Trouble, match="readible"):
        Course.load(tmp_path)


def test_a_submission_that_is_handed_in_is_found(tmp_path):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    (course.submitted / ".hidden" / "basics").mkdir(parents=True)
    assert course.students("basics") == ["ada"]


def test_a_module_is_a_stranger_by_where_it_comes_from(tmp_path, monkeypatch):
    """An environment may lie below /tmp; what a submission writes there lies elsewhere in it."""
    from coursegrade.guard import Guard, _stranger

    (tmp_path / "env").mkdir()
    (tmp_path / "scratch").mkdir()
    for folder in ("env", "scratch"):
        (tmp_path / folder / f"lazy_{folder}.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path / "env")
    homes = Guard().homes
    monkeypatch.syspath_prepend(tmp_path / "scratch")
    lazy, planted = map(importlib.import_module, ("lazy_env", "lazy_scratch"))
    assert not _stranger(lazy, homes) and not _stranger(json, homes)
    assert _stranger(planted, homes) and _stranger(object(), homes)
