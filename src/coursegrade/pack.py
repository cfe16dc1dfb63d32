"""The archive that a learner unpacks and works in: released notebooks and what they need to run."""

import zipfile
from pathlib import Path

from coursegrade.course import Course, Trouble

SECRET = ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS", "### BEGIN MARK SCHEME")


def pack(course: Course, name: str, target: Path) -> list[str]:
    """Write a zip archive of an assignment; return the names in it.

    It holds the released notebooks and the files that ``c.Coursegrade.readable`` names: no
    solutions, no hidden tests, nothing else of the course.

    Raises:
        Trouble: a released notebook holds a solution or a hidden test, or a file would come from
            outside the course.
    """
    assignment = course.assignment(name)
    files: dict[str, Path] = {
        f"{name}/{notebook}.ipynb": course.release / name / f"{notebook}.ipynb"
        for notebook in assignment.notebooks
    }
    for notebook, path in files.items():
        text = path.read_text(encoding="utf-8")
        for mark in SECRET:
            if mark in text:
                raise Trouble(f"{path} holds {mark!r}: release {name} again before you pack it.")
        assert notebook.endswith(".ipynb")
    for readable in map(Path, course.readable):
        if not readable.is_relative_to(course.root):
            raise Trouble(f"{readable} is not in {course.root}: a learner would not have it.")
        inside = [readable] if readable.is_file() else sorted(readable.rglob("*"))
        for path in inside:
            if path.is_file() and "__pycache__" not in path.parts:
                files[str(path.relative_to(course.root))] = path
    part = target.with_name(target.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, path in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{name}/{inner}", (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())  # the same bytes give the same archive
    part.replace(target)
    return sorted(files)
