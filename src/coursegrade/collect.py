"""Take a submission in: the instructor's notebook with the learner's answers in it.

Of what was handed in only the text of the solution cells is used. Tests, points, ids, tags and the
kernel come from the released notebook, so a stripped, reordered, duplicated or edited cell can
neither lose a learner's work nor change how it is graded.
"""

import copy
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

MAX_BYTES = 20 * 2**20  # a notebook of answers is a few hundred kB, pictures included


class Refused(Exception):
    """This file cannot be graded; the text says why, and what would help."""


@dataclass
class Collected:
    """A notebook ready to be graded, and what had to be done to it."""

    nb: nbformat.NotebookNode
    remarks: list[str] = field(default_factory=list)


def read_bytes(path: Path, folder: Path) -> bytes:
    """Read what was handed in from ``folder``, without following a link out of it.

    Raises:
        Refused: there is no such file, it leads out of the folder, or it is too large.
    """
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refused(f"{path.name}: a link that leads out of the submission's folder")
    if not path.is_file():
        there = sorted(p.name for p in folder.glob("*")) or ["nothing"]
        raise Refused(f"{path.name}: missing; the folder holds {', '.join(there)[:300]}")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Refused(f"{path.name}: {size / 2**20:.0f} MiB, more than {MAX_BYTES >> 20} MiB")
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name}: cannot be read ({error.strerror})") from error


def read_submission(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Read a submitted notebook from ``folder``.

    Raises:
        Refused: as ``read_bytes`` and ``parse_submission`` do.
    """
    return parse_submission(path.name, read_bytes(path, folder))


def parse_submission(name: str, data: bytes) -> nbformat.NotebookNode:
    """Read a notebook from what was handed in under ``name``.

    Raises:
        Refused: it is not JSON, or not a notebook.
    """
    try:
        nb = nbformat.reads(data.decode("utf-8"), as_version=4)
        nbformat.validate(nb)
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: not text in UTF-8") from error
    except nbformat.reader.NotJSONError as error:
        raise Refused(f"{name}: not JSON, so not a notebook") from error
    except Exception as error:  # nbformat raises many kinds for what is JSON and no notebook
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Refused(f"{name}: not a valid notebook ({reason[:120]})") from error
    return nb


def is_answer(cell) -> bool:
    """Whether this released cell is one that a learner fills in."""
    info = cell.metadata.get("nbgrader", {})
    return bool(info.get("solution"))


def rebuild(released: nbformat.NotebookNode, submitted: nbformat.NotebookNode) -> Collected:
    """Put the submitted answers into a copy of the released notebook.

    An answer is found by its nbgrader id; where the metadata is gone, by the cell's id (the course
    gives both the same value); where that is gone too, by the name that the stub defines.
    """
    result = Collected(copy.deepcopy(released))
    by_grade_id: dict[str, list] = {}
    by_cell_id: dict[str, list] = {}
    for cell in submitted.cells:
        info = cell.metadata.get("nbgrader")
        grade_id = info.get("grade_id") if isinstance(info, dict) else None
        if isinstance(grade_id, str):
            by_grade_id.setdefault(grade_id, []).append(cell)
        elif cell.get("id"):
            by_cell_id.setdefault(cell["id"], []).append(cell)
    for cell in result.nb.cells:
        if not is_answer(cell):
            continue
        grade_id = cell.metadata["nbgrader"]["grade_id"]
        found = by_grade_id.get(grade_id, [])
        if not found:
            found = by_cell_id.get(cell.get("id", grade_id), [])
            if found:
                result.remarks.append(f"{grade_id}: metadata missing, found by its cell id")
        if not found:
            found = _defining(cell.source, submitted)
            if found:
                result.remarks.append(f"{grade_id}: metadata missing, found by its definition")
        if not found:
            result.remarks.append(f"{grade_id}: no such cell; graded as left blank")
            continue
        if len(found) > 1:
            # a copy-pasted cell: the answer is the one that somebody wrote in
            found = [c for c in found if c.source != cell.source] or found
            result.remarks.append(f"{grade_id}: stands more than once; the last changed one counts")
        cell.source = found[-1].source
    return result


def _defining(stub: str, submitted: nbformat.NotebookNode) -> list:
    """The submitted code cells that define the name which the stub defines."""
    name = re.search(r"^(?:async )?(?:def|class) (\w+)", stub, re.M)
    if name is None:
        return []
    pattern = re.compile(rf"^(?:async )?(?:def|class) {name.group(1)}\b", re.M)
    return [c for c in submitted.cells if c.cell_type == "code" and pattern.search(c.source)]
