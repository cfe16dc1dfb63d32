"""A class from submission to grades: the sample class of `make course`, and yours."""

import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from coursegrade.collect import Refused, read_submission, rebuild
from tools.answers import Answer, answers
from tools.environment import Trouble, variables
from tools.notebooks import Solution, grade_info, solutions
from tools.paths import CLASSROOM, EXERCISES, ROOT
from tools.steps import run


@dataclass(frozen=True)
class Classroom:
    """The folders and the gradebook of one class."""

    folder: Path = CLASSROOM
    db_url: str = ""

    @property
    def submitted(self) -> Path:
        return self.folder / "submitted"

    @property
    def collected(self) -> Path:
        """What nbgrader grades: rebuilt notebooks. The submissions themselves stay untouched."""
        return self.folder / "collected"

    @property
    def gradebook(self) -> str:
        return self.db_url or f"sqlite:///{self.folder / 'gradebook.db'}"

    @property
    def environment(self) -> dict[str, str]:
        return {"TORCHNOTES_CLASSROOM": str(self.folder), "TORCHNOTES_DB_URL": self.gradebook}


# --- a sample class from tests/answers ----------------------------------------------------------

Choice = Callable[[str, list[Answer], str], str]


def _reference(solution: str, known: list[Answer], stub: str) -> str:
    return solution


def _right(solution: str, known: list[Answer], stub: str) -> str:
    return next((a.source for a in known if a.right), solution)


def _wrong(solution: str, known: list[Answer], stub: str) -> str:
    return next((a.source for a in known if not a.right), stub)


def _blank(solution: str, known: list[Answer], stub: str) -> str:
    return stub


def _crash(solution: str, known: list[Answer], stub: str) -> str:
    return "raise SystemError('this cell always fails')"


# Each student answers the tasks of a notebook in turn, and starts again when the list is used up.
STUDENTS: dict[str, list[Choice]] = {
    "ada": [_reference],
    "boole": [_right],
    "curie": [_right, _right, _wrong],
    "dirac": [_wrong],
    "euler": [_blank],
    "fermat": [_crash, _reference],
}


def fill(released: nbformat.NotebookNode, solution: Solution, choices: list[Choice]) -> None:
    """Write answers into a released notebook, as a learner would."""
    known = answers(solution.chapter, solution.name)
    chosen = itertools.cycle(choices)
    for cell in released.cells:
        info = grade_info(cell)
        if info.get("solution") and not info.get("grade"):
            task = solution.task(info["grade_id"])
            mine = [a for a in known if a.task == task.name]
            cell.source = next(chosen)(solution.nb.cells[task.solution].source, mine, cell.source)


def make_sample(room: Classroom, chapter: str) -> int:
    """Write the sample class's submissions; return how many notebooks that is."""
    count = 0
    for student, choices in STUDENTS.items():
        folder = room.submitted / student / chapter
        folder.mkdir(parents=True, exist_ok=True)
        for solution in solutions(chapter):
            nb = nbformat.read(EXERCISES / chapter / solution.path.name, as_version=4)
            fill(nb, solution, choices)
            _write_if_new(nb, folder / solution.path.name)
            count += 1
    return count


def _write_if_new(nb: nbformat.NotebookNode, path: Path) -> None:
    text = nbformat.writes(nb) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


# --- grading ------------------------------------------------------------------------------------


@dataclass
class Graded:
    """What became of one student's submission."""

    student: str
    state: str  # graded, unchanged or refused
    remarks: list[str]


def collect(room: Classroom, chapter: str, student: str) -> list[str]:
    """Rebuild a student's notebooks for grading; return the remarks.

    Raises:
        Refused: a notebook of the assignment cannot be read, or none was handed in.
    """
    folder = room.submitted / student / chapter
    target = room.collected / student / chapter
    remarks: list[str] = []
    refused: list[str] = []
    rebuilt = {}
    for path in sorted((EXERCISES / chapter).glob("*.ipynb")):
        released = nbformat.read(path, as_version=4)
        try:
            found = rebuild(released, read_submission(folder / path.name, folder))
        except Refused as error:
            # a notebook that cannot be read is graded as left blank, and says so
            refused.append(str(error))
            rebuilt[path.name] = released
            continue
        rebuilt[path.name] = found.nb
        remarks += [f"{path.name}: {remark}" for remark in found.remarks]
    if len(refused) == len(rebuilt):
        raise Refused("; ".join(refused))
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    for name, nb in rebuilt.items():
        nbformat.write(nb, target / name)
    return [f"{reason} (graded as left blank)" for reason in refused] + remarks


def register(room: Classroom, chapter: str) -> None:
    """Tell the gradebook about the assignment, its notebooks and their points."""
    with tempfile.TemporaryDirectory() as folder:
        run(
            [
                "python", "-m", "nbgrader", "generate_assignment", chapter, "--create", "--force",
                f"--CourseDirectory.release_directory={folder}",
            ],
            log=f"register-{chapter}",
            advice="The gradebook could not take the assignment in; the reason stands above.",
            show=lambda line: None,
            extra=room.environment,
        )  # fmt: skip


def grade(
    room: Classroom, chapter: str, force: bool = False, jobs: int = 0, sandbox: str = "auto"
) -> list[Graded]:
    """Grade every student's submission of a chapter into the gradebook.

    Unchanged submissions that were graded against the same exercises are left alone, so a run
    that was cut off continues where it stopped.

    Args:
        sandbox: ``auto``, ``namespace``, ``bwrap``, or ``none`` for code that you trust.

    Raises:
        Trouble: there are no submissions, or no sandbox.
    """
    if not _students(room, chapter):
        raise Trouble(
            f"No submissions of {chapter!r} in {os.path.relpath(room.submitted)}.\n"
            f"Put each student's notebooks into <student>/{chapter}/ there and run it again."
        )
    if sys.platform == "win32":  # it has no fork, and no walls either
        return grade_with_nbgrader(room, chapter, force)
    from coursegrade import course
    from coursegrade import grade as grading
    from coursegrade import sandbox as walls

    here = replace(
        course.Course.load(ROOT),
        submitted=room.submitted,
        autograded=room.folder / "autograded",
        feedback=room.folder / "feedback",
        db_url=room.gradebook,
    )
    try:
        kind = walls.choose(sandbox)
        options = grading.Options(
            jobs=jobs, force=force, bounds=grading.Bounds(sandbox=walls.Sandbox(kind=kind))
        )
        run = grading.grade(here, chapter, options, report=_tell)
    except (course.Trouble, walls.Unavailable) as error:
        raise Trouble(str(error)) from None
    for warning in run.warnings:
        print(f"      {warning}", flush=True)
    results = [
        Graded(
            record.student,
            record.state if record.student in run.fresh else "unchanged",
            record.remarks + record.flags,
        )
        for record in run.records
    ]
    return results + [Graded(s, "refused", [why]) for s, why in run.failed.items()]


def sandbox_or_none() -> str:
    """The best sandbox of this machine, or ``none``: for code that is known."""
    from coursegrade.sandbox import Unavailable, choose

    try:
        return choose("auto")
    except Unavailable:
        return "none"


def _tell(done: int, total: int, record) -> None:
    name = record.student if record is not None else "a submission"
    state = record.state if record is not None else "not recorded"
    more = f" - {record.remarks[0]}" if record is not None and record.remarks else ""
    print(f"      {done}/{total} {name}: {state}{more}", flush=True)


def _students(room: Classroom, chapter: str) -> list[str]:
    return sorted(
        p.name for p in room.submitted.glob("*") if (p / chapter).is_dir() and p.name[0] != "."
    )


def grade_with_nbgrader(
    room: Classroom, chapter: str, force: bool = False, jobs: int | None = None
) -> list[Graded]:
    """The same by nbgrader's own command: where there is no fork, and to compare with.

    It has no sandbox.
    """
    students = _students(room, chapter)
    register(room, chapter)
    done = _Done(room.folder / "graded.json")
    results: list[Graded] = []
    with ThreadPoolExecutor(jobs or max(1, (os.cpu_count() or 2))) as pool:
        waiting = [
            pool.submit(_grade_one, room, chapter, student, done, force) for student in students
        ]
        for number, future in enumerate(waiting, 1):
            result = future.result()
            results.append(result)
            more = f" - {result.remarks[0]}" if result.remarks else ""
            print(
                f"      {number}/{len(students)} {result.student}: {result.state}{more}", flush=True
            )
    return results


def _grade_one(room: Classroom, chapter: str, student: str, done: "_Done", force: bool) -> Graded:
    key = f"{student}/{chapter}"
    state = _digest(room.submitted / student / chapter, EXERCISES / chapter)
    if not force and done.get(key) == state:
        return Graded(student, "unchanged", [])
    done.set(key, None)
    try:
        remarks = collect(room, chapter, student)
    except Refused as error:
        _forget(room, chapter, student)
        return Graded(student, "refused", [str(error)])
    log = room.folder / "logs" / f"{student}-{chapter}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "nbgrader", "autograde", chapter, "--student", student, "--create",
        "--force", f"--CourseDirectory.submitted_directory={room.collected}",
    ]  # fmt: skip
    with log.open("w") as file:
        code = subprocess.call(
            command, cwd=ROOT, env={**variables(), **room.environment}, stdout=file, stderr=file
        )
    if code:
        # what an earlier run left in the gradebook must not pass for this one's result
        _forget(room, chapter, student)
        return Graded(student, "refused", [f"nbgrader failed, see {os.path.relpath(log, ROOT)}"])
    done.set(key, state)
    return Graded(student, "graded", remarks)


def _digest(*folders: Path) -> str:
    state = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*")):
            state.update(path.name.encode())
            state.update(path.read_bytes() if path.is_file() else b"?")
    return state.hexdigest()


class _Done:
    """Which submissions were graded, and from which bytes; written whole after each."""

    def __init__(self, path: Path):
        self.path = path
        self.known = json.loads(path.read_text()) if path.exists() else {}
        self.lock = threading.Lock()

    def get(self, key: str) -> str | None:
        return self.known.get(key)

    def set(self, key: str, value: str | None) -> None:
        with self.lock:
            self.known[key] = value
            part = self.path.with_suffix(".part")
            part.write_text(json.dumps(self.known, indent=1, sort_keys=True))
            part.replace(self.path)  # at once: a kill leaves the old file or the new one


def _forget(room: Classroom, chapter: str, student: str) -> None:
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(room.gradebook) as gradebook:
        try:
            gradebook.remove_submission(chapter, student)
        except MissingEntry:
            return


def scores(room: Classroom, chapter: str) -> dict[str, dict[str, float]]:
    """Each student's points by notebook, from the gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(room.gradebook) as gradebook:
        return {
            submission.student.id: {nb.name: nb.score for nb in submission.notebooks}
            for submission in gradebook.assignment_submissions(chapter)
        }


def table(room: Classroom, chapter: str, results: list[Graded]) -> str:
    """The grades of a chapter, a line per student."""
    names = [solution.name for solution in solutions(chapter)]
    points = {solution.name: solution.points for solution in solutions(chapter)}
    known = scores(room, chapter)
    first = max(len(text) for text in ("student", *(result.student for result in results)))

    def line(student: str, values: list[str], total: str, state: str) -> str:
        cells = "".join(
            f"  {value:>{len(name)}}" for name, value in zip(names, values, strict=True)
        )
        return f"{student:{first}}{cells}  {total:>5}  {state}"

    lines = [
        line("student", names, "total", "state"),
        line("", [f"{points[n]:g}" for n in names], f"{sum(points.values()):g}", "(points)"),
    ]
    for result in results:
        mine = known.get(result.student)
        values = [f"{mine.get(n, 0):g}" if mine else "-" for n in names]
        total = f"{sum(mine.values()):g}" if mine else "-"
        lines.append(line(result.student, values, total, result.state))
        if result.state == "refused":
            lines += [f"{'':{first}}  {remark}" for remark in result.remarks]
    return "\n".join(lines)
