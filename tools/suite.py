"""`make test`: every check in order, cheap ones first, and what each one runs."""

import os
import re
from collections.abc import Callable

from tools.environment import Trouble
from tools.paths import SOLUTIONS, chapters
from tools.steps import Steps, run

CORES = str(os.cpu_count() or 1)


def _last(lines: list[str]) -> str:
    """pytest's own summary, without its frame."""
    return next((line.strip("= ") for line in reversed(lines) if " in " in line), "")


def _pytest(name: str, *arguments: str, advice: str) -> str:
    # -rs names every skipped test with its reason: what was not run must not look as if it had been
    def show(line: str) -> str | None:
        if re.match(r"(SKIPPED|FAILED|ERROR|E  )", line) or "%]" in line:
            return line[:160]
        return None

    command = ["python", "-m", "pytest", "-q", "-rsfE", *arguments]
    return _last(run(command, log=name, advice=advice, show=show))


def lint() -> str:
    for command in (["check"], ["format", "--check"]):
        run(
            ["python", "-m", "ruff", *command],
            log="lint",
            advice="`ruff check --fix` and `ruff format` mend most of it; pre-commit runs both.",
            show=lambda line: None,
        )
    return ""


def check() -> str:
    from tools import checks

    problems = checks.problems()
    if problems:
        raise Trouble(
            "\n".join(problems)
            + f"\n\n{len(problems)} things are missing; CONTRIBUTING.md says what "
            "a page, an exercise and an answer must have."
        )
    return checks.counts()


def test_unit() -> str:
    return _pytest(
        "unit",
        *("-n", CORES, "--dist", "worksteal"),
        *("-m", "not answers and not roundtrip and not book and not browser"),
        advice="Repeat one test with: .venv/bin/pytest tests/FILE.py -k NAME",
    )


def test_solutions() -> str:
    return _pytest(
        "solutions",
        *("--nbval", "-n", CORES, "--dist", "loadscope", str(SOLUTIONS)),
        *("--nbval-current-env", "-p", "no:cacheprovider", "-p", "tools.nbval_sockets"),
        advice="If the new output is right, store it with `make solutions` and look at the diff.",
    )


def release() -> str:
    from tools import release as releasing

    return releasing.check()


def test_answers() -> str:
    return _pytest(
        "answers",
        *("-m", "answers", "tests"),
        advice="Look at one with: make answers ONLY=<task>. Mend the grader or the docstring.",
    )


def test_roundtrip() -> str:
    return _pytest(
        "roundtrip",
        *("-m", "roundtrip", "tests"),
        advice="The submissions and nbgrader's logs are in the folder that pytest names above.",
    )


def book() -> str:
    from tools import book as builder

    return builder.build()


def test_book() -> str:
    return _pytest("pages", "-m", "book", "tests", advice="The book is in _build/html.")


def test_browser() -> str:
    return _pytest(
        "browser",
        *("-m", "browser", "tests"),
        advice="Look at the page with `make serve`. Screenshots are in _build/screenshots.",
    )


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "lint": ("Style", lint),
    "check": ("What every page, exercise and claim must have", check),
    "test_unit": ("Unit tests and claims", test_unit),
    "test_solutions": ("Solutions, outputs compared", test_solutions),
    "exercises": ("Exercises are what the solutions release", release),
    "test_answers": ("Graders against right and wrong answers", test_answers),
    "test_roundtrip": ("Grading a class, release to export, and hostile work", test_roundtrip),
    "book": ("The book, warnings as errors", book),
    "test_book": ("The built pages and their links", test_book),
    "test_browser": ("The pages in a browser", test_browser),
}


def one(name: str, arguments: list[str]) -> int:
    """Run one part alone."""
    print(PARTS[name][1]() or "nothing to complain about")
    return 0


def everything() -> int:
    """Run every part; stop at the first that fails."""
    print(f"Testing {', '.join(chapters())} on {CORES} cores")
    steps = Steps(len(PARTS))
    for name, (title, action) in PARTS.items():
        steps(title, action, f"make {name.replace('_', '-')}")
    steps.summary()
    return 0
