"""nbgrader's own commands, from the released notebooks to exported grades, on five submissions."""

import csv
import subprocess
import sys

import nbformat
import pytest

from tools import classroom
from tools.answers import answers
from tools.classroom import Classroom, collect, fill, grade, scores, table
from tools.environment import Trouble, variables
from tools.notebooks import grade_info, solutions
from tools.paths import EXERCISES, ROOT, chapters

CHAPTER = chapters()[0]
POINTS = {solution.name: solution.points for solution in solutions(CHAPTER)}
NAMES = sorted(POINTS)


def released(name):
    return nbformat.read(EXERCISES / CHAPTER / f"{name}.ipynb", as_version=4)


def write(room, student, name, nb):
    folder = room.submitted / student / CHAPTER
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, folder / f"{name}.ipynb")


def solved(solution):
    nb = released(solution.name)
    fill(nb, solution, [classroom._reference])
    return nb


def one_wrong(nb, solution):
    """Replace the last task's solution by a wrong answer; return the points that this must cost."""
    task = solution.tasks[-1]
    wrong = next(a for a in answers(CHAPTER, solution.name) if a.task == task.name and not a.right)
    next(c for c in nb.cells if grade_info(c).get("grade_id") == task.name).source = wrong.source
    return task.points - wrong.expected


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The five submissions of the issue, graded once; the room and each one's expected points."""
    room = Classroom(tmp_path_factory.mktemp("classroom"))
    expected = {s: dict(POINTS) for s in ("perfect", "partial", "blank", "crashing", "stripped")}
    for solution in solutions(CHAPTER):
        name = solution.name
        write(room, "perfect", name, solved(solution))
        partial = solved(solution)
        expected["partial"][name] -= one_wrong(partial, solution)
        write(room, "partial", name, partial)
        write(room, "blank", name, released(name))
        expected["blank"][name] = 0
        crashing = solved(solution)
        task = solution.tasks[-1]
        cell = next(c for c in crashing.cells if grade_info(c).get("grade_id") == task.name)
        cell.source = "raise SystemError('the cell itself fails')"
        expected["crashing"][name] -= task.points
        write(room, "crashing", name, crashing)
        stripped = solved(solution)
        for cell in stripped.cells:
            cell.metadata = nbformat.from_dict({})
        write(room, "stripped", name, stripped)
    results = grade(room, CHAPTER)
    return room, expected, {result.student: result for result in results}


def nbgrader(room, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=ROOT,
        env={**variables(), **room.environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.roundtrip
@pytest.mark.parametrize("student", ["perfect", "partial", "blank", "crashing", "stripped"])
def test_points_are_as_expected(graded, student):
    room, expected, results = graded
    assert results[student].state == "graded"
    assert scores(room, CHAPTER)[student] == expected[student]


@pytest.mark.roundtrip
def test_the_partial_submission_is_neither_full_nor_empty(graded):
    _, expected, _ = graded
    assert 0 < sum(expected["partial"].values()) < sum(POINTS.values())


@pytest.mark.roundtrip
def test_stripped_metadata_is_reported(graded):
    assert any("metadata missing" in remark for remark in graded[2]["stripped"].remarks)


@pytest.mark.roundtrip
def test_submissions_stay_as_they_were_handed_in(graded):
    room, _, _ = graded
    nb = nbformat.read(room.submitted / "stripped" / CHAPTER / f"{NAMES[0]}.ipynb", as_version=4)
    assert not any(grade_info(cell) for cell in nb.cells)


@pytest.mark.roundtrip
def test_feedback_names_what_failed(graded):
    room, _, _ = graded
    nbgrader(room, "generate_feedback", CHAPTER, "--student=partial")
    pages = sorted((room.folder / "feedback" / "partial" / CHAPTER).glob("*.html"))
    assert [page.stem for page in pages] == NAMES
    html = pages[0].read_text(encoding="utf-8")
    assert "Score: " in html
    assert any("Error" in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.roundtrip
def test_the_export_holds_everybody_s_total(graded):
    room, expected, _ = graded
    target = room.folder / "grades.csv"
    nbgrader(room, "export", f"--to={target}")
    with target.open(newline="") as file:
        totals = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert totals == {student: sum(points.values()) for student, points in expected.items()}


@pytest.mark.roundtrip
def test_a_second_run_grades_only_what_changed(graded):
    room, _, _ = graded
    solution = solutions(CHAPTER)[0]
    before = scores(room, CHAPTER)
    nb = solved(solution)
    cost = one_wrong(nb, solution)
    write(room, "perfect", solution.name, nb)
    states = {r.student: r.state for r in grade(room, CHAPTER)}
    assert states.pop("perfect") == "graded"
    assert set(states.values()) == {"unchanged"}
    after = scores(room, CHAPTER)
    assert after["perfect"][solution.name] == POINTS[solution.name] - cost
    assert {s: p for s, p in after.items() if s != "perfect"} == {
        s: p for s, p in before.items() if s != "perfect"
    }


@pytest.mark.roundtrip
def test_broken_files_cost_their_own_points_only(tmp_path):
    """One unreadable notebook is graded as blank; a submission of nothing else is refused."""
    room = Classroom(tmp_path)
    for solution in solutions(CHAPTER)[:1]:
        write(room, "half", solution.name, solved(solution))
    broken = room.submitted / "broken" / CHAPTER
    broken.mkdir(parents=True)
    (broken / f"{NAMES[0]}.ipynb").write_text("<html>please sign in</html>")
    results = {r.student: r for r in grade(room, CHAPTER)}
    known = scores(room, CHAPTER)
    assert results["half"].state == "graded"
    assert sum(known["half"].values()) == POINTS[solutions(CHAPTER)[0].name]
    assert any("missing" in remark for remark in results["half"].remarks)
    assert results["broken"].state == "refused"
    assert "not JSON" in results["broken"].remarks[0]
    assert "broken" not in known
    assert "not JSON" in table(room, CHAPTER, list(results.values()))


@pytest.mark.roundtrip
def test_a_refused_submission_loses_the_score_of_an_earlier_run(tmp_path):
    room = Classroom(tmp_path)
    solution = solutions(CHAPTER)[0]
    write(room, "late", solution.name, solved(solution))
    grade(room, CHAPTER)
    assert sum(scores(room, CHAPTER)["late"].values()) == solution.points
    (room.submitted / "late" / CHAPTER / f"{solution.name}.ipynb").write_text("")
    (result,) = grade(room, CHAPTER)
    assert result.state == "refused"
    assert "late" not in scores(room, CHAPTER)


def test_an_empty_classroom_says_where_to_put_submissions(tmp_path):
    with pytest.raises(
        Trouble, match=rf"No submissions of '{CHAPTER}' in .*\n.*<student>/{CHAPTER}/"
    ):
        grade(Classroom(tmp_path), CHAPTER)


def test_an_answer_cell_alone_is_taken_from_a_submission(tmp_path):
    room = Classroom(tmp_path)
    solution = solutions(CHAPTER)[0]
    nb = solved(solution)
    for cell in nb.cells:
        if grade_info(cell).get("grade"):
            cell.source = "print('full marks please')"
    write(room, "eve", solution.name, nb)
    collect(room, CHAPTER, "eve")
    taken = nbformat.read(room.collected / "eve" / CHAPTER / f"{solution.name}.ipynb", as_version=4)
    assert "full marks" not in nbformat.writes(taken)
