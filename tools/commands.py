"""Every command of the course, one function each; its first line is what `help` prints."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tools import environment
from tools.environment import Trouble
from tools.paths import ANSWERS, HTML, ROOT, SOLUTIONS, chapters

COMMANDS: dict[str, Callable[[list[str]], int]] = {}


def command(function: Callable[[list[str]], int]) -> Callable[[list[str]], int]:
    """Make a function a command under its name, with dashes for underscores."""
    COMMANDS[function.__name__.rstrip("_").replace("_", "-")] = function
    return function


def main(arguments: list[str]) -> int:
    """Run one command, in the course's environment, which is made first where it is missing."""
    name, *rest = arguments or ["help"]
    if name in ("-h", "--help"):
        name = "help"
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n", file=sys.stderr)
        help_([])
        return 2
    try:
        if name in ("help", "clean") or (name == "gpu-evidence" and _has_gpu()):
            return COMMANDS[name](rest)  # a machine lent for its GPU may reach no registry
        if not environment.inside() or not environment.ready():
            took = environment.ensure()
            return 0 if name == "venv" else environment.enter([name, *rest], took)
        return COMMANDS[name](rest)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Run the same command again; it continues with what is missing.")
        return 130


def _has_gpu() -> bool:
    from tools import gpu_evidence

    return gpu_evidence.has_gpu()


@command
def help_(arguments: list[str]) -> int:
    """This list."""
    print("From Autograd to RetNet: five notes, executed\n")
    print("  make COMMAND          or, where there is no make:  python -m tools COMMAND\n")
    for name, function in COMMANDS.items():
        print(f"  {name:16} {function.__doc__.splitlines()[0]}")
    print("\n  ONLY=text narrows answers, solutions and grade;  PYTHON=python3.12 chooses a Python")
    return 0


@command
def venv(arguments: list[str]) -> int:
    """Create .venv and install what requirements.txt names, unless that is done."""
    print(f"{environment.VENV.name} is ready")
    return 0


@command
def course(arguments: list[str]) -> int:
    """Install, build the book, make a sample class, grade it, and say where everything is."""
    from tools import book, classroom
    from tools.steps import Steps

    room = classroom.Classroom(Path(os.environ.get("TORCHNOTES_CLASSROOM", ROOT / "classroom")))
    steps = Steps(1 + 2 * len(chapters()))
    steps("Building the book", book.build, "make book")
    tables = []
    for chapter in chapters():

        def sample(chapter: str = chapter) -> str:
            count = classroom.make_sample(room, chapter)
            return f"{count} notebooks of {len(classroom.STUDENTS)} students"

        def grading(chapter: str = chapter) -> str:
            # our own answers, wrong ones included: they need no walls where there are none
            results = classroom.grade(room, chapter, sandbox=classroom.sandbox_or_none())
            tables.append((chapter, classroom.table(room, chapter, results)))
            return f"{sum(r.state == 'graded' for r in results)} submissions graded"

        steps(f"A sample class for {chapter}, from tests/answers", sample, "make course")
        steps(f"Autograding {chapter}", grading, f"make grade ONLY={chapter}")
    for chapter, text in tables:
        print(f"\nGrades in {chapter}\n{text}")
    steps.summary()
    print(f"\nThe book:      {(HTML / 'index.html').as_uri()}")
    print(f"The exercises: {ROOT / 'exercises'}")
    print(f"The gradebook: {room.folder / 'gradebook.db'}")
    print(
        "Next: `make serve` shows the book at an address; the README says how to grade your class."
    )
    return 0


@command
def test(arguments: list[str]) -> int:
    """Everything: lint, checks, unit tests, notebooks, answers, round trip, book, browser."""
    from tools.suite import everything

    return everything()


def _part(name: str, doc: str) -> None:
    def part(arguments: list[str]) -> int:
        from tools.suite import one

        return one(name, arguments)

    part.__doc__, part.__name__ = doc, name
    command(part)


_part("lint", "Check style with ruff, in modules and notebooks.")
_part("check", "Check that every page, exercise and claim has what CONTRIBUTING.md asks for.")
_part("test_unit", "Run the unit tests and the claims' tests.")
_part("test_solutions", "Rerun every solution notebook and compare its outputs.")
_part("test_answers", "Grade every right and wrong answer, and every stub.")
_part("test_roundtrip", "Run nbgrader from release to export on five submissions.")
_part("test_browser", "Open the built pages in Chromium.")


@command
def book(arguments: list[str]) -> int:
    """Build the book into _build/html, executing what changed."""
    from tools import book as builder

    print(builder.build())
    print(f"The book: {(HTML / 'index.html').as_uri()}")
    return 0


@command
def serve(arguments: list[str]) -> int:
    """Serve the built book on this machine (PORT=8000)."""
    from tools import book as builder

    return builder.serve(int(os.environ.get("PORT") or 8000))


@command
def exercises(arguments: list[str]) -> int:
    """Release exercises/ from solutions/ and look for leaks."""
    from tools import release

    print(release.check(write=True))
    return 0


@command
def solutions(arguments: list[str]) -> int:
    """Run the solution notebooks and store their outputs (ONLY=autograd/graph)."""
    from tools import solutions as runner

    only = _only(arguments)
    found = [
        p for p in sorted(SOLUTIONS.glob("*/*.ipynb")) if only in str(p.relative_to(SOLUTIONS))
    ]
    if not found:
        raise Trouble(f"No solution notebook's path contains {only!r}.")
    return runner.main(found)


@command
def answers(arguments: list[str]) -> int:
    """Grade tests/answers; with ONLY=text, a line for each of those (ONLY=count_nodes)."""
    from tools import answers as grader

    if not ANSWERS.exists():
        raise Trouble("There is no tests/answers.")
    return grader.main(_only(arguments))


@command
def grade(arguments: list[str]) -> int:
    """Grade classroom/submitted into the gradebook and print the table (ONLY=autograd)."""
    from tools import classroom

    room = classroom.Classroom(
        Path(os.environ.get("TORCHNOTES_CLASSROOM", ROOT / "classroom")),
        os.environ.get("TORCHNOTES_DB_URL", ""),
    )
    failed = 0
    chosen = [chapter for chapter in chapters() if _only(arguments) in chapter]
    if not chosen:
        raise Trouble(f"No chapter is called {_only(arguments)!r}; there are {chapters()}.")
    for chapter in chosen:
        sandbox = os.environ.get("SANDBOX", "auto")
        results = classroom.grade(room, chapter, force="--force" in arguments, sandbox=sandbox)
        print(f"\nGrades in {chapter}\n{classroom.table(room, chapter, results)}")
        failed += sum(result.state == "refused" for result in results)
    if failed:
        print(f"\n{failed} submissions could not be graded; the reason stands under each.")
    return 1 if failed else 0


@command
def bench(arguments: list[str]) -> int:
    """Run the benchmarks and write benchmarks/results/."""
    import subprocess

    scripts = sorted((ROOT / "benchmarks").glob("*.py"))
    if not scripts:
        raise Trouble("There are no benchmarks yet.")
    for script in scripts:
        print(f"== {script.name}", flush=True)
        code = subprocess.call(
            [sys.executable, "-m", f"benchmarks.{script.stem}"],
            cwd=ROOT,
            env=environment.variables(),
        )
        if code:
            return code
    return 0


@command
def gpu_evidence(arguments: list[str]) -> int:
    """Rerun notebooks, tests and benchmarks on a CUDA GPU, in parts that resume (ONLY=decode)."""
    from tools import gpu_evidence

    return gpu_evidence.main(arguments)


@command
def lock(arguments: list[str]) -> int:
    """Resolve constraints.txt again, for every Python from 3.10 on."""
    from tools.steps import run

    run(
        [
            "python", "-m", "uv", "pip", "compile", "requirements.txt", "--universal", "--quiet",
            "--python-version", "3.10", "--no-python-downloads", "--no-header", "--no-annotate",
            "--output-file", "constraints.txt", *arguments,
        ],
        log="lock",
        advice="The message says which two requirements disagree.",
    )  # fmt: skip
    print("constraints.txt is up to date; run `make venv` to install it")
    return 0


@command
def linkcheck(arguments: list[str]) -> int:
    """Ask every external link of the book whether it still answers (needs a network)."""
    from tools.steps import run

    run(
        ["jupyter-book", "build", str(ROOT), "--builder", "linkcheck"],
        log="linkcheck",
        advice="The links above do not answer; correct them, or try again with a network.",
    )
    return 0


@command
def clean(arguments: list[str]) -> int:
    """Remove what was built; the environment, submissions and grades stay."""
    import shutil

    shutil.rmtree(ROOT / "_build", ignore_errors=True)
    print("_build is gone")
    return 0


def _only(arguments: list[str]) -> str:
    """What ``ONLY=`` or the first argument narrows to."""
    named = [argument for argument in arguments if not argument.startswith("-")]
    return named[0] if named else os.environ.get("ONLY", "")
