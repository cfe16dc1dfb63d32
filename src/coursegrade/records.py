"""What became of each submission, a small JSON file each, and the lock on an assignment's files."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from coursegrade.course import Trouble

FORMAT = 4  # counts up when grading changes what a score may be


@dataclass
class Record:
    """The outcome of one submission.

    Attributes:
        state: graded, timed out, out of memory, died or refused.
        digest: of what was handed in and of the assignment it was graded against.
        notebooks: for each notebook its state, score, remarks, flags and seconds.
    """

    student: str
    assignment: str
    state: str
    digest: str
    score: float
    max_score: float
    notebooks: dict[str, dict] = field(default_factory=dict)
    graded_at: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def remarks(self) -> list[str]:
        """What had to be done to the submission, or why it was refused."""
        return [f"{name}: {text}" for name, nb in self.notebooks.items() for text in nb["remarks"]]

    @property
    def flags(self) -> list[str]:
        """What an instructor should look at: things that a test relies on had been changed."""
        return [f"{name}: {text}" for name, nb in self.notebooks.items() for text in nb["flags"]]


def digest_of(files: dict[str, bytes | str], assignment_digest: str) -> str:
    """A digest of everything that decides a submission's scores."""
    state = hashlib.sha256(f"{FORMAT} {assignment_digest}".encode())
    for name, data in sorted(files.items()):
        data = data.encode() if isinstance(data, str) else data
        state.update(f"{name} {len(data)} ".encode() + data)
    return state.hexdigest()


class Records:
    """The records of one assignment."""

    def __init__(self, folder: Path, assignment: str):
        self.folder = folder / assignment
        self.folder.mkdir(parents=True, exist_ok=True)

    def path(self, student: str) -> Path:
        return self.folder / f"{student}.json"

    def get(self, student: str) -> Record | None:
        """The record of a student's submission, or None if there is none that can be read."""
        try:
            return Record(**json.loads(self.path(student).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def put(self, record: Record) -> None:
        """Write a record whole or not at all."""
        write_atomically(
            self.path(record.student), json.dumps(asdict(record), indent=1, ensure_ascii=False)
        )

    def drop(self, student: str) -> None:
        self.path(student).unlink(missing_ok=True)

    def all(self) -> list[Record]:
        """Every record, by student."""
        found = (self.get(path.stem) for path in sorted(self.folder.glob("*.json")))
        return [record for record in found if record is not None]

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the assignment: two runs at once would grade everything twice.

        Raises:
            Trouble: another run holds it.
        """
        path = self.folder / ".lock"
        with path.open("a+") as file:
            try:
                import fcntl
            except ImportError:  # Windows has another way, and no sandbox to grade in
                yield
                return
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                raise Trouble(
                    f"Another run is grading this assignment (process {file.read().strip()}).\n"
                    "Wait for it; what it has graded is kept even if you stop it."
                ) from None
            file.seek(0)
            file.truncate()
            file.write(str(os.getpid()))
            file.flush()
            yield


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a kill leaves the old one or the new one."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
