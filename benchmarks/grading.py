"""Grade the same class with stock nbgrader and with coursegrade, in one run, and find the floor.

    python -m benchmarks.grading            # 100, of which stock grades 6; 1,000 tiny ones
    python -m benchmarks.grading --quick    # 6, 2 and 20; saves nothing

The class is the sample class of ``make course``, copied under new names: right, half right, blank
and crashing submissions of the autograd assignment. The floor is the processor time of the
submissions' own cells, divided by the cores: no grader that runs them can be faster. The class of
1,000 has a tiny assignment: it shows whether memory grows with the class.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from coursegrade.grade import Options
from coursegrade.grade import grade as grade_class
from coursegrade.records import Records
from tests.small_course import answered, hand_in, make_course
from tools.classroom import Classroom, collect, grade, make_sample, register, scores
from tools.environment import variables
from tools.notebooks import solutions
from tools.paths import ROOT
from torchnotes.results import save

CHAPTER = "autograd"


def copies(sample: Path, room: Classroom, count: int) -> None:
    """Fill a room with ``count`` submissions, taken from the sample class in turn."""
    students = sorted(p for p in sample.iterdir() if p.is_dir())
    for number in range(count):
        source = students[number % len(students)] / CHAPTER
        shutil.copytree(source, room.submitted / f"{source.parent.name}-{number:04}" / CHAPTER)


def begin_with(room: Classroom, other: Classroom) -> None:
    """Give a room the other's gradebook and its knowledge of the assignment, but no record."""
    for name in ("gradebook.db", "records"):
        path = other.folder / name
        if path.is_file():
            shutil.copy(path, room.folder / name)
        elif path.is_dir():
            shutil.copytree(path, room.folder / name, ignore=shutil.ignore_patterns("*.json"))


def timed(action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small part; saves nothing")
    args = parser.parse_args()
    many, few = (6, 2) if args.quick else (100, 6)
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        sample = Classroom(base / "sample")
        make_sample(sample, CHAPTER)
        stock, ours = Classroom(base / "stock"), Classroom(base / "ours")
        copies(sample.submitted, stock, few)
        copies(sample.submitted, ours, many)
        parts = {jobs: Classroom(base / f"jobs-{jobs}") for jobs in sorted({1, cores})}
        for part in parts.values():
            copies(sample.submitted, part, max(few, many // 4))
        # one submission first: the gradebook is made and the assignment registered before the clock
        for grader, rooms in ((grade_stock, [stock]), (grade_ours, [ours, *parts.values()])):
            warm_up = Classroom(base / f"warm-up-{grader.__name__}")
            copies(sample.submitted, warm_up, 1)
            grader(warm_up)
            for room in rooms:
                begin_with(room, warm_up)
        seconds_stock = timed(lambda: grade_stock(stock))
        scaling = {
            jobs: timed(lambda p=part, j=jobs: grade_ours(p, j)) / max(few, many // 4)
            for jobs, part in parts.items()
        }
        seconds_ours = timed(lambda: grade_ours(ours))
        found = [r for r in Records(ours.folder / "records", CHAPTER).all() if r.student in {
            p.name for p in ours.submitted.iterdir()}]  # fmt: skip
        cpu = [r.cpu_seconds for r in found]
        same = sum(
            sum(points.values()) == sum(scores(ours, CHAPTER)[student].values())
            for student, points in scores(stock, CHAPTER).items()
            if student in scores(ours, CHAPTER)
        )
        floor = statistics.fmean(cpu) / cores
        results = {
            "assignment": CHAPTER,
            "notebooks": len(solutions(CHAPTER)),
            "cores": cores,
            "stock": {"submissions": few, "seconds_each": seconds_stock / few},
            "coursegrade": {"submissions": many, "seconds_each": seconds_ours / many},
            "times_faster": (seconds_stock / few) / (seconds_ours / many),
            "floor_seconds_each": floor,
            "times_floor": (seconds_ours / many) / floor,
            "seconds_each_by_jobs": scaling,
            "equal_scores": f"{same} of {few}",
            "large_class": large_class(base / "large", 20 if args.quick else 1000),
        }
    for name, value in results.items():
        print(f"{name:22} {value}")
    if not args.quick:
        print("saved to", save("grading", results))


def large_class(folder: Path, count: int) -> dict[str, object]:
    """Grade ``count`` tiny submissions in one process and watch its memory and its helper's."""
    course = make_course(folder)
    answers = [None, "def double(x):\n    return 3 * x", "def double(x):\n    return x / 0"]
    for number in range(count):
        hand_in(course, f"student-{number:04}", answered(double=answers[number % len(answers)]))
    memory: dict[int, float] = {}
    every = max(1, count // 10)

    def watch(done: int, total: int, record) -> None:
        if done % every == 0:
            memory[done] = round(megabytes(os.getpid()), 1)

    started = time.perf_counter()
    run = grade_class(course, "basics", Options(), report=watch)
    seconds = time.perf_counter() - started
    states: dict[str, int] = {}
    for record in run.records:
        states[record.state] = states.get(record.state, 0) + 1
    first, *_, last = [memory[n] for n in sorted(memory) if n >= 2 * every]
    return {
        "submissions": count,
        "seconds_each": seconds / count,
        "states": states,
        "megabytes": memory,  # of the process that hands out and writes down
        "growth_per_submission_kilobytes": 1000 * (last - first) / (count - 2 * every),
    }


def megabytes(pid: int) -> float:
    """The process's resident memory, without what it only shares."""
    import psutil

    return psutil.Process(pid).memory_full_info().uss / 1e6


def grade_stock(room: Classroom) -> None:
    """Grade with one plain ``nbgrader autograde`` for the whole class."""
    for student in sorted(p.name for p in room.submitted.iterdir()):
        collect(room, CHAPTER, student)
    if not Path(room.gradebook.removeprefix("sqlite:///")).exists():
        register(room, CHAPTER)
    subprocess.run(
        [
            sys.executable, "-m", "nbgrader", "autograde", CHAPTER, "--create",
            f"--CourseDirectory.submitted_directory={room.collected}",
        ],
        cwd=ROOT, env={**variables(), **room.environment}, check=True, capture_output=True,
    )  # fmt: skip


def grade_ours(room: Classroom, jobs: int = 0) -> None:
    """Grade with coursegrade, with nothing on the screen but failures."""
    failed = [r for r in grade(room, CHAPTER, jobs=jobs) if r.state in ("refused", "died")]
    for result in failed:
        print(result.student, result.state, result.remarks[:1])


if __name__ == "__main__":
    main()
