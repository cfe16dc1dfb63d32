"""Grade the same class with stock nbgrader and with coursegrade, in one run, and find the floor.

    python -m benchmarks.grading            # 100, of which stock grades 6; 1,000 tiny ones
    python -m benchmarks.grading --quick    # 6, 2 and 20; saves nothing

The class is the sample class of ``make course``, copied under new names: right, half right, blank
and crashing submissions of the autograd assignment. The floor is the processor time that the same
cells take with nothing around them: in plain Python, all modules imported already, no sandbox and
no guard, as many notebooks at once as there are cores. No grader that runs them can be faster. The
class of 1,000 has a tiny assignment: it shows whether memory grows with the class.
"""

import argparse
import contextlib
import copy
import functools
import gc
import importlib
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from coursegrade import execute, gradebook
from coursegrade.collect import parse_submission, rebuild
from coursegrade.course import Course, info
from coursegrade.grade import Options
from coursegrade.grade import grade as grade_class
from coursegrade.guard import Guard
from coursegrade.warm import ONE_THREAD
from coursegrade.work import cells_of, points
from tests.small_course import answered, hand_in, make_course
from tools.classroom import Classroom, collect, grade, make_sample, register, scores
from tools.environment import variables
from tools.notebooks import solutions
from tools.paths import ROOT
from torchnotes.results import load, save

CHAPTER = "autograd"
RUNNER = ("coursegrade.runner",)  # what it imports is there, too


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


# --- the floor --------------------------------------------------------------------------


def floor_seconds(room: Classroom) -> float:
    """Return the processor seconds of a submission's own cells, on average over a room."""
    command = [sys.executable, "-m", "benchmarks.grading", "--floor", str(room.submitted)]
    one = dict.fromkeys(ONE_THREAD, "1")
    done = subprocess.run(
        command, cwd=ROOT, env={**variables(), **one}, check=True, capture_output=True, text=True
    )
    return float(done.stdout.splitlines()[-1])


def print_floor(submitted: Path) -> None:
    """In a process of its own, which forks one for each notebook: print the seconds each."""
    course = Course.load(ROOT)
    for name in (*course.preload, "IPython", *RUNNER):
        importlib.import_module(name)
    Guard()  # it lets torch finish importing what optimizers need
    gc.collect()
    gc.freeze()
    masters = course.assignment(CHAPTER).notebooks
    students = sorted(p for p in submitted.iterdir() if p.is_dir())
    jobs = []
    for student in students:
        for name, master in masters.items():
            data = (student / CHAPTER / f"{name}.ipynb").read_bytes()
            nb = rebuild(master.nb, parse_submission(name, data)).nb
            jobs.append([cell.source for _, cell in cells_of(nb, master)])
    nothing = statistics.median(_processor_seconds([[]] * 8))  # a fork and its end
    print(sum(max(0.0, s - nothing) for s in _processor_seconds(jobs)) / len(students))


def _processor_seconds(jobs: list[list[str]]) -> list[float]:
    """Run each list of cells in a forked process, as many at once as there are cores."""
    waiting, running, found = list(jobs), 0, []
    while waiting or running:
        if waiting and running < (os.cpu_count() or 1):
            cells = waiting.pop(0)
            if not os.fork():
                _run_plainly(cells)
            running += 1
            continue
        _, _, usage = os.wait4(-1, 0)
        running -= 1
        found.append(usage.ru_utime + usage.ru_stime)
    return found


def _run_plainly(cells: list[str]) -> None:
    names: dict = {"__name__": "__main__"}
    sys.stdout = sys.stderr = io.StringIO()
    for source in cells:
        with contextlib.suppress(BaseException):
            exec(compile(source, "<cell>", "exec"), names)
    os._exit(0)


# --- where the time goes ----------------------------------------------------------------


@contextlib.contextmanager
def watched() -> Iterator[dict[str, float]]:
    """Add up the seconds within parts of coursegrade, over all its threads, while it grades."""
    spent: dict[str, float] = defaultdict(float)
    lock = threading.Lock()

    def watch(owner: type, name: str, label: Callable[[tuple], str]) -> Callable[[], None]:
        plain = getattr(owner, name)

        @functools.wraps(plain)
        def timing(*args, **kwargs):
            start = time.perf_counter()
            try:
                return plain(*args, **kwargs)
            finally:
                with lock:
                    spent[label(args)] += time.perf_counter() - start

        setattr(owner, name, timing)
        return lambda: setattr(owner, name, plain)

    undo = [
        watch(execute._Session, "__init__", lambda args: "start a process"),
        watch(execute._Session, "run", lambda args: f"{args[1].role} cells"),
        watch(execute._Session, "close", lambda args: "end a process"),
        watch(gradebook.Writer, "write", lambda args: "write the results"),
    ]
    try:
        yield spent
    finally:
        for back in undo:
            back()


def start_seconds() -> float:
    """Return what a notebook costs the stock grader before its first cell and after its last.

    A kernel that imports what these notebooks import, and ends.
    """
    cell = nbformat.v4.new_code_cell("import torch\nimport torchnotes")
    nb = nbformat.v4.new_notebook(cells=[cell])
    client = lambda: NotebookClient(copy.deepcopy(nb), kernel_name="python3").execute()  # noqa: E731
    return statistics.median(timed(client) for _ in range(3))


# --- the two graders --------------------------------------------------------------------


def compare(base: Path, many: int, few: int) -> dict[str, object]:
    """Grade ``few`` submissions with stock nbgrader and ``many`` with coursegrade."""
    cores = os.cpu_count() or 1
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
    stock_each = timed(lambda: grade_stock(stock)) / few
    floor = floor_seconds(sample) / cores
    scaling = {
        jobs: timed(lambda p=part, j=jobs: grade_ours(p, j)) / max(few, many // 4)
        for jobs, part in parts.items()
    }
    with watched() as spent:
        ours_each = timed(lambda: grade_ours(ours)) / many
    begin = start_seconds()
    notebooks = len(solutions(CHAPTER))
    return {
        "assignment": CHAPTER,
        "notebooks": notebooks,
        "cores": cores,
        "stock": {
            "submissions": few,
            "seconds_each": stock_each,
            "of_which_kernels_start_and_import": notebooks * begin,
        },
        "coursegrade": {
            "submissions": many,
            "seconds_each": ours_each,
            "worker_seconds_each": {k: v / many for k, v in sorted(spent.items())},
        },
        "times_faster": stock_each / ours_each,
        "floor_seconds_each": floor,
        "times_floor": ours_each / floor,
        "seconds_each_by_jobs": scaling,
        "scores": equality(stock, ours),
    }


def equality(stock: Classroom, ours: Classroom) -> dict[str, int]:
    """Count whose scores are stock's, notebook by notebook, but for what a warning costs there.

    Stock gives 0 to a test that passes and writes to stderr. So its own outputs are scored once
    more, without stderr; ``warned`` are the submissions for which that makes a difference.
    """
    mine, theirs = scores(ours, CHAPTER), scores(stock, CHAPTER)
    equal = warned = 0
    for student, by_notebook in theirs.items():
        again = {name: scored_again(stock, student, name) for name in by_notebook}
        warned += again != by_notebook
        equal += again == mine.get(student)
    return {"submissions": len(theirs), "equal": equal, "warned": warned}


def scored_again(room: Classroom, student: str, name: str) -> float:
    """Return a graded notebook's points from its outputs, those on stderr left out."""
    file = room.folder / "autograded" / student / CHAPTER / f"{name}.ipynb"
    nb = nbformat.read(file, as_version=4)
    return sum(points(cell) for cell in nb.cells if info(cell).get("grade"))


def scores_again(base: Path, few: int) -> dict[str, int]:
    """Grade a few with both graders for the scores alone: that needs no quiet machine."""
    sample = Classroom(base / "sample")
    make_sample(sample, CHAPTER)
    stock, ours = Classroom(base / "stock"), Classroom(base / "ours")
    for room in (stock, ours):
        copies(sample.submitted, room, few)
    grade_stock(stock)
    grade_ours(ours)
    return equality(stock, ours)


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small part; saves nothing")
    parser.add_argument("--scores", action="store_true", help="only compare scores, again")
    parser.add_argument("--floor", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.floor:
        print_floor(args.floor)
        return
    many, few, large = (12, 2, 20) if args.quick else (100, 6, 1000)
    with tempfile.TemporaryDirectory() as folder:
        if args.scores:
            found = load("grading", "cpu")["results"]
            found["scores"] = scores_again(Path(folder), few)
            print(found["scores"], "saved to", save("grading", found))
            return
        found = compare(Path(folder), many, few)
        print(json.dumps(found, indent=1), flush=True)
        found["large_class"] = large_class(Path(folder) / "large", large)
        print(json.dumps(found["large_class"], indent=1))
    if not args.quick:
        print("saved to", save("grading", found))


if __name__ == "__main__":
    main()
