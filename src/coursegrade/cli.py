"""The command line: ``coursegrade grade autograd``."""

import argparse
import re
import sys
from pathlib import Path

from coursegrade.course import Course, Trouble


def size(text: str) -> int:
    """Read a number of bytes: ``2GiB``, ``512MiB``, ``1000000``."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]i?B?)?B?", text.strip(), re.I)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write 2GiB or 512MiB")
    unit = (match[2] or "").upper()
    base = 1024 if "I" in unit or unit in ("K", "M", "G", "T") else 1000
    return int(float(match[1]) * base ** (" KMGT".index(unit[0]) if unit else 0))


def parser() -> argparse.ArgumentParser:
    """The options of every command."""
    top = argparse.ArgumentParser(
        prog="coursegrade", description="Grade nbgrader assignments fast, safely and completely."
    )
    top.add_argument("--course", type=Path, help="the course's folder (default: this one)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    grade = commands.add_parser("grade", help="grade submissions into nbgrader's gradebook")
    grade.add_argument("assignment")
    grade.add_argument("--student", action="append", default=[], metavar="S", help="only this one")
    grade.add_argument("--jobs", type=int, default=0, help="submissions at once (default: cores)")
    grade.add_argument("--scheduler", default="", metavar="tcp://...", help="a Dask scheduler")
    grade.add_argument("--timeout", type=float, default=60, help="seconds per cell (60)")
    grade.add_argument(
        "--notebook-timeout", type=float, default=0, help="seconds per notebook (5 x --timeout)"
    )
    grade.add_argument("--memory", type=size, default="2GiB", help="per notebook (2GiB)")
    grade.add_argument("--output", type=size, default="1MB", help="per cell (1MB)")
    grade.add_argument("--processes", type=int, default=64, help="per notebook (64)")
    grade.add_argument(
        "--sandbox", choices=("auto", "bwrap", "namespace", "none"), default="auto",
        help="the walls around a submission's code; none: only for code that you trust",
    )  # fmt: skip
    grade.add_argument("--cold", action="store_true", help="start each process anew, do not fork")
    grade.add_argument("--force", action="store_true", help="also what has not changed")
    grade.set_defaults(action=_grade)

    report = commands.add_parser("report", help="distribution, difficulty, what to look at")
    report.add_argument("assignment")
    report.set_defaults(action=_report)

    export = commands.add_parser("export", help="grades as CSV for Canvas or Moodle")
    export.add_argument("assignment")
    export.add_argument("--format", choices=("canvas", "moodle"), required=True)
    export.add_argument("--to", type=Path, help="a file (default: the terminal)")
    export.set_defaults(action=_export)

    pack = commands.add_parser("pack", help="the archive that a learner works in")
    pack.add_argument("assignment")
    pack.add_argument("--to", type=Path, help="default: <assignment>.zip")
    pack.set_defaults(action=_pack)

    check = commands.add_parser("check", help="run a notebook's visible checks (for learners)")
    check.add_argument("notebook", type=Path)
    check.add_argument("--timeout", type=float, default=60, help="seconds per cell (60)")
    check.set_defaults(action=_check)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run a command; return its exit code."""
    args = parser().parse_args(argv)
    try:
        return args.action(args)
    except Trouble as trouble:
        print(f"coursegrade: {trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ncoursegrade: stopped. What was graded is kept; run it again.", file=sys.stderr)
        return 130


def _grade(args: argparse.Namespace) -> int:
    from coursegrade.execute import Bounds
    from coursegrade.grade import Options, Progress, grade, table
    from coursegrade.sandbox import Limits, Sandbox, Unavailable, choose

    course = Course.load(args.course)
    try:
        kind = choose(args.sandbox)
    except Unavailable as error:
        raise Trouble(str(error)) from None
    if kind == "none":
        print(
            "coursegrade: no sandbox: submissions run as you, with all you may do", file=sys.stderr
        )
    notebook_seconds = args.notebook_timeout or 5 * args.timeout
    limits = Limits(
        memory=args.memory, processes=args.processes, cpu_seconds=int(notebook_seconds * 4)
    )
    options = Options(
        jobs=args.jobs,
        scheduler=args.scheduler,
        force=args.force,
        cold=args.cold,
        bounds=Bounds(
            cell_seconds=args.timeout,
            notebook_seconds=notebook_seconds,
            output_bytes=args.output,
            sandbox=Sandbox(kind=kind, limits=limits),
        ),
    )
    run = grade(course, args.assignment, options, args.student, Progress())
    for warning in run.warnings:
        print(f"coursegrade: {warning}", file=sys.stderr)
    print(table(run, course.assignment(args.assignment)))
    fresh = len(run.fresh)
    if fresh:
        print(
            f"{fresh} graded in {run.seconds:.1f} s, {fresh / run.seconds:.2f} per second; "
            f"sandbox: {kind}; records in {course.records / args.assignment}"
        )
    return 1 if run.failed or any(r.state == "refused" for r in run.records) else 0


def _report(args: argparse.Namespace) -> int:
    from coursegrade.report import write

    path, text = write(Course.load(args.course), args.assignment)
    print(text)
    print(f"\nWith the distribution drawn: {path}")
    return 0


def _export(args: argparse.Namespace) -> int:
    from coursegrade.export import export
    from coursegrade.records import write_atomically

    text = export(Course.load(args.course), args.assignment, args.format)
    if args.to is None:
        print(text, end="")
    else:
        write_atomically(args.to, text)
        print(f"{args.to}: {max(0, text.count(chr(10)) - 1)} lines for {args.format}")
    return 0


def _pack(args: argparse.Namespace) -> int:
    from coursegrade.pack import pack

    target = args.to or Path(f"{args.assignment}.zip")
    names = pack(Course.load(args.course), args.assignment, target)
    print(f"{target}: {len(names)} files, no solutions, no hidden tests")
    return 0


def _check(args: argparse.Namespace) -> int:
    from coursegrade.check import check

    found = check(args.notebook, args.timeout)
    print(found)
    return 0 if all(line.passed for line in found) else 1
