"""Write results where nbgrader keeps them: the gradebook and the autograded notebooks."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import nbformat
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
)
from nbgrader.utils import parse_utc
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from coursegrade.course import Course, Trouble
from coursegrade.records import write_atomically
from coursegrade.work import Graded

PATIENCE = 60.0  # seconds to wait for somebody else's lock on the gradebook
T = TypeVar("T")


def register(course: Course, assignment: str, digest: str) -> None:
    """Tell the gradebook about the assignment's cells and points, unless it knows them.

    Raises:
        Trouble: nbgrader cannot take the assignment in.
    """
    mark = course.records / assignment / ".registered"
    known = _knows(course, assignment)  # first of all: it says so if the gradebook is not there
    if known and mark.is_file() and mark.read_text() == digest:
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "nbgrader", "generate_assignment", assignment, "--create",
            "--force", f"--CourseDirectory.release_directory={folder}",
            f"--CourseDirectory.db_url={course.db_url}",
        ]  # fmt: skip
        _find_alembic()
        done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    if done.returncode or not _knows(course, assignment):
        raise Trouble(
            f"nbgrader cannot take {assignment!r} into the gradebook {_shown(course)}:\n"
            + "\n".join(done.stderr.splitlines()[-5:])
        )
    write_atomically(mark, digest)


def _find_alembic() -> None:
    """nbgrader calls alembic by name: it stands beside this Python, on the path or not."""
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", "")])


def _knows(course: Course, assignment: str) -> bool:
    if course.db_url.startswith("sqlite:///") and not Path(course.db_url[10:]).exists():
        return False
    with open_gradebook(course) as book:
        try:
            book.find_assignment(assignment)
        except MissingEntry:
            return False
    return True


def open_gradebook(course: Course) -> Gradebook:
    """Open the course's gradebook.

    Raises:
        Trouble: it cannot be reached.
    """
    _find_alembic()
    try:
        return Gradebook(course.db_url, course.course_id)
    except Exception as error:  # each database driver has its own
        raise Trouble(
            f"The gradebook {_shown(course)} cannot be opened: {str(error).splitlines()[0]}"
        ) from error


def _shown(course: Course) -> str:
    """The gradebook's address without a password."""
    return make_url(course.db_url).render_as_string(hide_password=True)


class Writer:
    """The only one who writes: one submission at a time, each whole or not at all.

    Use as a context manager.
    """

    def __init__(self, course: Course, assignment: str):
        self.course = course
        self.assignment = assignment
        self.book = open_gradebook(course)
        self._known: dict[str, str] = {}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *exc_info) -> None:
        self.book.close()

    def students(self) -> set[str]:
        """Whose submission of this assignment the gradebook holds."""
        rows = (
            self.book.db.query(SubmittedAssignment.student_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .filter(Assignment.name == self.assignment)
        )
        return {row[0] for row in rows}

    def write(self, student: str, notebooks: dict[str, Graded], timestamp: str | None) -> None:
        """Store the notebooks and their scores.

        Raises:
            OSError: the disk is full, or not ours to write.
            OperationalError: the gradebook stayed locked.
        """
        self._write_notebooks(student, notebooks, timestamp)
        self._patiently(lambda: self._write_scores(student, notebooks, timestamp))

    def forget(self, student: str) -> None:
        """Remove what an earlier run left: it must not pass for the result of this one."""
        shutil.rmtree(self.course.autograded / student / self.assignment, ignore_errors=True)

        def remove() -> None:
            with contextlib.suppress(MissingEntry):
                self.book.remove_submission(self.assignment, student)

        self._patiently(remove)

    def _patiently(self, action: Callable[[], T]) -> T:
        deadline = time.monotonic() + PATIENCE
        pause = 0.05
        while True:
            try:
                return action()
            except OperationalError:
                self.book.db.rollback()
                if time.monotonic() > deadline:
                    raise
                time.sleep(pause)
                pause = min(2.0, 2 * pause)
            except BaseException:
                self.book.db.rollback()
                raise
            finally:
                self.book.db.expunge_all()  # a class of thousands must not pile up in memory

    def _write_notebooks(
        self, student: str, notebooks: dict[str, Graded], timestamp: str | None
    ) -> None:
        target = self.course.autograded / student / self.assignment
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{self.assignment}-", dir=target.parent))
        try:
            for name, graded in notebooks.items():
                nbformat.write(nbformat.from_dict(graded.nb), part / f"{name}.ipynb")
            if timestamp:
                (part / "timestamp.txt").write_text(timestamp)
            part.chmod(0o755)
            if target.exists():
                shutil.rmtree(target)
            part.replace(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise

    def _write_scores(
        self, student: str, notebooks: dict[str, Graded], timestamp: str | None
    ) -> None:
        session = self.book.db
        if session.get(Student, student) is None:
            self.book.add_student(student)
        given = {"timestamp": timestamp} if timestamp else {}
        with session.no_autoflush:  # nbgrader builds a submission up bit by bit
            submission = self.book.update_or_create_submission(self.assignment, student, **given)
        if timestamp:
            submission.timestamp = parse_utc(timestamp)
        names = self._names()
        with session.no_autoflush:
            for notebook in submission.notebooks:
                graded = notebooks.get(names[notebook.notebook_id])
                for grade in notebook.grades:
                    self._score(grade, names[grade.cell_id], graded)
                for comment in notebook.comments:
                    self._comment(comment, names[comment.cell_id], graded)
        session.commit()

    def _names(self) -> dict[str, str]:
        """What the assignment's notebooks and cells are called, by their ids.

        Asked for once: each grade's own ``name`` is a query of its own.
        """
        if not self._known:
            notebooks = self.book.find_assignment(self.assignment).notebooks
            self._known = {notebook.id: notebook.name for notebook in notebooks}
            for notebook in notebooks:
                cells = [*notebook.grade_cells, *notebook.task_cells, *notebook.solution_cells]
                self._known |= {cell.id: cell.name for cell in cells}
        return self._known

    @staticmethod
    def _score(grade: Grade, name: str, graded: Graded | None) -> None:
        grade.auto_score = graded.scores.get(name) if graded is not None else 0.0
        # a manual grade was for what stood here before: somebody has to look again
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None

    @staticmethod
    def _comment(comment: Comment, name: str, graded: Graded | None) -> None:
        answered = graded is not None and graded.answered.get(name, True)
        comment.auto_comment = None if answered else "No response."
