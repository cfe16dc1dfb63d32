"""What a course says about itself: nbgrader's configuration, and a section of our own.

In ``nbgrader_config.py``, beside nbgrader's settings::

    c.Coursegrade.preload = ["torch", "torch.func"]      # imported once, for every notebook
    c.Coursegrade.readable = ["data", "src/helpers.py"]  # what cells may read, beside Python
    c.Coursegrade.env = {"COURSE_DEVICE": "cpu"}         # variables that cells see
    c.Coursegrade.max_submission_bytes = 20 * 2**20
"""

import ast
import hashlib
import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import nbformat

from coursegrade.warm import PRELOAD


class Trouble(Exception):
    """Something that the person at the terminal can mend; the text says how."""


@dataclass(frozen=True)
class Course:
    """The folders and settings of one course. ``Course.load`` reads them."""

    root: Path
    source: Path
    release: Path
    submitted: Path
    autograded: Path
    feedback: Path
    db_url: str
    course_id: str
    preload: tuple[str, ...] = PRELOAD
    readable: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, root: Path | None = None) -> "Course":
        """Read ``nbgrader_config.py`` in ``root``, or in the current folder.

        Raises:
            Trouble: there is none, or it cannot be read.
        """
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config.loader import PyFileConfigLoader

        root = (root or Path.cwd()).resolve()
        path = root / "nbgrader_config.py"
        if not path.is_file():
            raise Trouble(
                f"No nbgrader_config.py in {root}.\n"
                "Run coursegrade in the course's folder, or name it with --course."
            )
        try:
            config = PyFileConfigLoader(path.name, str(root)).load_config()
        except Exception as error:
            raise Trouble(f"{path} cannot be read: {type(error).__name__}: {error}") from error
        if "root" not in config.CourseDirectory:
            config.CourseDirectory.root = str(root)
        directory = CourseDirectory(config=config)
        mine = config.get("Coursegrade", {})

        def folder(name: str) -> Path:
            return (Path(directory.root) / name).resolve()

        known = {"preload", "readable", "env"}
        unknown = set(mine) - known
        if unknown:
            raise Trouble(
                f"{path}: c.Coursegrade has no {', '.join(sorted(unknown))}; "
                f"it has {', '.join(sorted(known))}."
            )
        return cls(
            root=Path(directory.root).resolve(),
            source=folder(directory.source_directory),
            release=folder(directory.release_directory),
            submitted=folder(directory.submitted_directory),
            autograded=folder(directory.autograded_directory),
            feedback=folder(directory.feedback_directory),
            db_url=directory.db_url,
            course_id=directory.course_id,
            preload=tuple(dict.fromkeys([*PRELOAD, *mine.get("preload", ())])),
            readable=tuple(os.path.abspath(root / p) for p in mine.get("readable", ())),
            env=tuple(sorted((str(k), str(v)) for k, v in mine.get("env", {}).items())),
        )

    @property
    def records(self) -> Path:
        """Where the outcome of every submission is kept."""
        return self.autograded.parent / "records"

    def assignment(self, name: str) -> "Assignment":
        """The assignment's notebooks.

        Raises:
            Trouble: it does not exist, or has not been released.
        """
        folder = self.source / name
        paths = sorted(folder.glob("*.ipynb"))
        if not paths:
            there = ", ".join(sorted(p.name for p in self.source.glob("*") if p.is_dir())) or "none"
            raise Trouble(f"No assignment {name!r} in {self.source}; there are: {there}.")
        missing = [p.name for p in paths if not (self.release / name / p.name).is_file()]
        if missing:
            raise Trouble(
                f"{name} has not been released: {', '.join(missing)} missing in "
                f"{self.release / name}.\nRun: nbgrader generate_assignment {name}"
            )
        return Assignment(
            name, {p.stem: Master.read(p, self.release / name / p.name) for p in paths}
        )

    def students(self, assignment: str) -> list[str]:
        """Who has handed the assignment in."""
        return sorted(
            p.name
            for p in self.submitted.glob("*")
            if p.name[0] != "." and (p / assignment).is_dir()
        )


@dataclass(frozen=True)
class Master:
    """A notebook as it is graded: the released cells, with the tests as their author wrote them.

    Attributes:
        name: the file's stem.
        nb: released text and solution cells, and complete test cells.
        digest: of everything that decides the grading.
    """

    name: str
    nb: nbformat.NotebookNode
    solution: nbformat.NotebookNode
    digest: str

    @classmethod
    def read(cls, source: Path, release: Path) -> "Master":
        """Read a notebook's source and its released form."""
        solution = nbformat.read(source, as_version=4)
        nb = nbformat.read(release, as_version=4)
        whole = {grade_id(c): c.source for c in solution.cells if is_graded_code(c)}
        for cell in nb.cells:
            if is_graded_code(cell):
                cell.source = whole[grade_id(cell)]
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        state = hashlib.sha256(source.read_bytes() + release.read_bytes()).hexdigest()
        return cls(source.stem, nb, solution, state)

    @property
    def points(self) -> float:
        """What its tests and manually graded answers are worth together."""
        return sum(float(i["points"]) for i in map(info, self.nb.cells) if i.get("grade"))

    @cached_property
    def solved(self) -> nbformat.NotebookNode:
        """The notebook with the author's own answers."""
        import copy

        nb = copy.deepcopy(self.nb)
        answers = {grade_id(c): c.source for c in self.solution.cells if info(c).get("solution")}
        for cell in nb.cells:
            if info(cell).get("solution"):
                cell.source = answers[grade_id(cell)]
        return nb


@dataclass(frozen=True)
class Assignment:
    """The notebooks of one assignment by name."""

    name: str
    notebooks: dict[str, Master] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Changes when anything that decides the grading does."""
        whole = "".join(f"{n}{m.digest}" for n, m in sorted(self.notebooks.items()))
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def points(self) -> float:
        """What the assignment is worth."""
        return sum(m.points for m in self.notebooks.values())


def info(cell: nbformat.NotebookNode) -> dict:
    """The cell's nbgrader metadata, empty for an ordinary cell."""
    found = cell.metadata.get("nbgrader", {})
    return found if isinstance(found, dict) else {}


def grade_id(cell: nbformat.NotebookNode) -> str:
    """The cell's nbgrader id, or an empty string."""
    return str(info(cell).get("grade_id", ""))


def is_graded_code(cell: nbformat.NotebookNode) -> bool:
    """Whether this is a test cell: graded by what it puts out."""
    found = info(cell)
    return bool(found.get("grade")) and not found.get("solution") and cell.cell_type == "code"


def defined_names(source: str) -> tuple[str, ...]:
    """The names that a cell binds at its top level; for one that does not parse, by its defs."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return tuple(dict.fromkeys(re.findall(r"^(?:async )?(?:def|class) (\w+)", source, re.M)))
    names: dict[str, None] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[node.name] = None
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        names[name.id] = None
    return tuple(names)
