"""Every grader against what people might hand in: tests/answers, the stubs, the solutions."""

from pathlib import Path

import pytest

from coursegrade.forkrun import ForkRunner
from tools import answers as answering
from tools.answers import Answer, answers, cells_for, grade, read_answer, stub
from tools.notebooks import solutions
from tools.paths import ANSWERS, chapters

ALL = answers()
TASKS = [(s, task) for chapter in chapters() for s in solutions(chapter) for task in s.tasks]


def _as_answer(solution, task, kind, source, expected):
    path = Path(f"{kind}_.py")
    ids = (solution.chapter, solution.name, task.name)
    return Answer(path, *ids, expected, task.points, kind, source)


STUBS = [_as_answer(s, t, "stub", stub(s.nb.cells[t.solution].source), 0) for s, t in TASKS]
SOLVED = [_as_answer(s, t, "right", s.nb.cells[t.solution].source, t.points) for s, t in TASKS]


@pytest.fixture(scope="module")
def results():
    """Everything graded once, side by side; looked up by the tests below."""
    with ForkRunner(timeout=60, cwd=str(ANSWERS)) as runner:
        return {id(r.answer): r for r in grade([*ALL, *STUBS, *SOLVED], runner)}


def check(result):
    assert result.as_stated, (
        f"{result.answer} got {result.got:g} of {result.answer.points}, "
        f"should get {result.answer.expected:g}: {result.answer.why} [{result.message}]"
    )


@pytest.mark.answers
@pytest.mark.parametrize("answer", ALL, ids=str)
def test_an_answer_gets_what_its_docstring_says(results, answer):
    check(results[id(answer)])


@pytest.mark.answers
@pytest.mark.parametrize("answer", STUBS, ids=str)
def test_an_untouched_stub_gets_nothing(results, answer):
    check(results[id(answer)])


@pytest.mark.answers
@pytest.mark.parametrize("answer", SOLVED, ids=str)
def test_the_solution_gets_all(results, answer):
    check(results[id(answer)])


@pytest.mark.answers
def test_a_hundred_tasks_of_six_answers_would_take_less_than_five_minutes(results):
    """The budget for the whole course, on two cores, in processor time: the clock depends on what
    else the machine does."""
    mean = sum(r.cpu_seconds for r in results.values()) / len(results)
    assert mean * 600 / 2 < 300, f"{mean:.2f} s an answer"


# --- the runner itself ---------------------------------------------------------------------------


def answer_file(monkeypatch, tmp_path, text, where="c/n/t"):
    monkeypatch.setattr(answering, "ANSWERS", tmp_path)
    path = tmp_path / where / "wrong_x.py"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_an_answer_file_is_points_reason_and_cell(monkeypatch, tmp_path):
    text = '"""1/3: counts paths,\nnot nodes."""\n\ndef f():\n    return 1\n'
    answer = read_answer(answer_file(monkeypatch, tmp_path, text))
    assert (answer.expected, answer.points, answer.why) == (1, 3, "counts paths, not nodes.")
    assert answer.source == "def f():\n    return 1"
    assert not answer.right


def test_an_answer_may_be_a_syntax_error(monkeypatch, tmp_path):
    answer = read_answer(answer_file(monkeypatch, tmp_path, '"""0/3: unfinished."""\n\ndef f(:\n'))
    assert answer.source == "def f(:"


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ('"""no points"""\n', "c/n/t", "must open with 'points/points: reason'"),
        ('"""1/3: x"""\n', "c/n", "should lie in <chapter>/<notebook>/<task>/"),
    ],
)
def test_a_malformed_answer_file_is_named(monkeypatch, tmp_path, text, where, message):
    with pytest.raises(ValueError, match=message):
        read_answer(answer_file(monkeypatch, tmp_path, text, where))


def test_an_answer_runs_with_the_other_tasks_solved_and_untested():
    solution, task = TASKS[1]
    sources, graded = cells_for(solution, task, "THE ANSWER")
    assert "THE ANSWER" in sources
    first = solution.tasks[0]
    assert solution.nb.cells[first.solution].source in sources
    assert solution.nb.cells[first.tests[0]].source not in sources
    assert [solution.nb.cells[i].source for i in graded] == sources[-len(graded) :]


def test_a_cell_that_hangs_keeps_the_points_before_it():
    """Two graded cells, the second never ends: the first one's points stay."""
    solution, task = next((s, t) for s, t in TASKS if len(t.tests) == 2)
    sources, graded = cells_for(solution, task, solution.nb.cells[task.solution].source)
    sources[-1] = "while True: pass"
    with ForkRunner(jobs=1) as runner:
        runner.run(["1"])  # the first run also imports torch
        runner.timeout = 10
        run = runner.run(sources)
    assert run.stopped == "timeout"
    points = solution.nb.cells[task.tests[0]].metadata.nbgrader.points
    assert answering.score(solution, graded, len(sources) - len(graded), run) == points
