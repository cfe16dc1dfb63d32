"""Grade a class: hand the work out, take the results in, write each down at once."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone

from sqlalchemy.exc import OperationalError

from coursegrade import work
from coursegrade.collect import Refused, read_bytes
from coursegrade.course import Assignment, Course, Trouble
from coursegrade.execute import Bounds
from coursegrade.gradebook import Writer, register
from coursegrade.records import Record, Records, digest_of
from coursegrade.work import Graded


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes:
        jobs: submissions that run side by side; the number of cores if 0.
        scheduler: address of a Dask scheduler; its workers then run the submissions.
        force: grade also what has been graded and has not changed since.
        cold: start every notebook's process anew in place of forking it.
    """

    jobs: int = 0
    scheduler: str = ""
    force: bool = False
    cold: bool = False
    bounds: Bounds = field(default_factory=Bounds)


@dataclass
class Run:
    """What a run did: a record for every submission, and which were graded in this run."""

    records: list[Record]
    fresh: set[str]
    failed: dict[str, str]  # student: why nothing could be recorded
    warnings: list[str]
    seconds: float


SCHEDULER_SECONDS = 20.0  # for a Dask scheduler to answer

Report = Callable[[int, int, Record | None], None]


@contextlib.contextmanager
def executor_for(options: Options) -> Iterator[tuple[Executor, int]]:
    """Yield where the work goes, and how many submissions it takes at once.

    One machine needs no processes of its own for this: a thread waits while a forked, sandboxed
    process runs the notebook, and one warm parent serves all threads.
    """
    if options.scheduler:
        try:
            from distributed import Client
        except ImportError:
            raise Trouble("--scheduler needs Dask: pip install distributed") from None
        try:
            client = Client(options.scheduler, timeout=SCHEDULER_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise Trouble(f"No Dask scheduler answers at {options.scheduler}: {error}") from error
        with client:
            threads = sum(client.nthreads().values())
            if not threads:
                raise Trouble(f"The scheduler at {options.scheduler} has no workers yet.")
            with client.get_executor(pure=False) as executor:
                yield executor, options.jobs or threads
        return
    jobs = options.jobs or os.cpu_count() or 1
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="coursegrade")
    try:
        yield pool, jobs
    finally:
        work.close_parents()  # ends what runs, so that no thread waits for it
        pool.shutdown(cancel_futures=True)


def grade(
    course: Course,
    name: str,
    options: Options,
    students: Sequence[str] = (),
    report: Report | None = None,
) -> Run:
    """Grade an assignment's submissions into the gradebook.

    A submission that was graded before, and has not changed since, is left alone; so a run that
    was stopped goes on where it was.

    Args:
        students: whose; everybody's if empty.
        report: called after each submission with (done, total, its record).

    Raises:
        Trouble: there is nothing to grade, or nothing to grade with.
    """
    started = time.monotonic()
    assignment = course.assignment(name)
    there = course.students(name)
    unknown = sorted(set(students) - set(there))
    if unknown or not there:
        raise Trouble(
            f"No submission of {name!r} by {', '.join(unknown) or 'anybody'} "
            f"in {course.submitted}.\n"
            f"It belongs in {course.submitted}/<student>/{name}/."
        )
    wanted = [s for s in there if not students or s in set(students)]
    bounds = replace(
        options.bounds,
        env=(*course.env, *options.bounds.env),
        sandbox=replace(options.bounds.sandbox, readable=course.readable),
    )
    options = replace(options, bounds=bounds)
    records = Records(course.records, name)
    with records.lock():
        register(course, name, assignment.digest)
        with Writer(course, name) as writer, executor_for(options) as (executor, slots):
            run = _Run(course, assignment, options, records, writer, executor, slots, report)
            run.warnings = run.rehearse()
            run.everything(wanted)
    found = [r for r in map(records.get, wanted) if r is not None and r.student not in run.failed]
    return Run(found, run.fresh, run.failed, run.warnings, time.monotonic() - started)


class _Run:
    def __init__(self, course, assignment, options, records, writer, executor, slots, report):
        self.course: Course = course
        self.assignment: Assignment = assignment
        self.options: Options = options
        self.records: Records = records
        self.writer: Writer = writer
        self.executor: Executor = executor
        self.slots: int = slots
        self.report: Report = report or (lambda done, total, record: None)
        self.fresh: set[str] = set()
        self.failed: dict[str, str] = {}
        self.warnings: list[str] = []
        self.meant: dict[str, set[str]] = {}

    def rehearse(self) -> list[str]:
        """Grade the author's own solution first; return what is wrong with it.

        A task that its own solution does not solve would cost the whole class its points.
        """
        files = {}
        for name, master in self.assignment.notebooks.items():
            import nbformat

            files[name] = nbformat.writes(master.solved).encode()
        mark = self.records.folder / ".rehearsed"
        if mark.is_file() and mark.read_text() == self.assignment.digest and not self.options.force:
            return []
        try:
            results = self._submit(files).result()
        except Exception as error:  # if this does not run, no submission will
            raise Trouble(f"The author's own solution cannot be run: {error}") from error
        warnings = []
        for name, result in results.items():
            master = self.assignment.notebooks[name]
            points = {
                i["grade_id"]: float(i["points"])
                for i in (c.metadata.get("nbgrader", {}) for c in master.nb.cells)
                if i.get("grade")
            }
            for task, score in result["scores"].items():
                if score is not None and score < points[task]:
                    warnings.append(
                        f"{name}: the author's solution gets {score:g} of {points[task]:g} "
                        f"in {task}"
                    )
            warnings += [f"{name}: the author's solution: {flag}" for flag in result["flags"]]
        if not warnings:
            mark.write_text(self.assignment.digest)
        return warnings

    def _submit(self, files: dict):
        return self.executor.submit(
            work.do,
            self.assignment,
            files,
            self.options.bounds.as_dict(),
            self.course.preload,
            self.options.cold,
        )

    def everything(self, students: list[str]) -> None:
        """Grade, with a few submissions in flight: a class may be larger than the memory."""
        known = self.writer.students()
        total, done = len(students), 0
        waiting: dict = {}
        queue = iter(students)
        more = True
        while more or waiting:
            while more and len(waiting) < 2 * self.slots:
                student = next(queue, None)
                if student is None:
                    more = False
                    break
                files = self._files(student)
                digest = digest_of(files, self.assignment.digest)
                before = self.records.get(student)
                if (
                    not self.options.force
                    and before is not None
                    and before.digest == digest
                    and (student in known or before.state == "refused")
                ):
                    done += 1
                    self.report(done, total, before)
                    continue
                self.records.drop(student)
                if all(isinstance(data, str) for data in files.values()):
                    self._refuse(student, files, digest)
                    done += 1
                    self.report(done, total, self.records.get(student))
                    continue
                waiting[self._submit(files)] = (student, digest, files, time.monotonic())
            if not waiting:
                continue
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                student, digest, files, began = waiting.pop(future)
                record = self._take_in(student, digest, files, future, time.monotonic() - began)
                done += 1
                self.report(done, total, record)

    def _files(self, student: str) -> dict[str, bytes | str]:
        folder = self.course.submitted / student / self.assignment.name
        files: dict[str, bytes | str] = {}
        for name in self.assignment.notebooks:
            try:
                files[name] = read_bytes(folder / f"{name}.ipynb", folder)
            except Refused as error:
                files[name] = str(error)
        return files

    def _timestamp(self, student: str) -> str | None:
        folder = self.course.submitted / student / self.assignment.name
        with contextlib.suppress(OSError, ValueError):
            path = folder / "timestamp.txt"
            if path.resolve().is_relative_to(folder.resolve()) and path.stat().st_size < 200:
                from nbgrader.utils import parse_utc

                text = path.read_text().strip()
                parse_utc(text)
                return text
        return None

    def _take_in(self, student: str, digest: str, files, future, seconds: float) -> Record | None:
        try:
            results = {name: Graded(**data) for name, data in future.result().items()}
        except BrokenExecutor:
            raise
        except Exception as error:
            # the machinery failed, not the submission; the next run tries again
            self.failed[student] = f"{type(error).__name__}: {error}"
            return None
        if all(graded.state == "refused" for graded in results.values()):
            reasons = {n: "; ".join(g.remarks) for n, g in results.items()}
            return self._refuse(student, reasons, digest)
        try:
            self.writer.write(student, results, self._timestamp(student))
            record = self._record(student, digest, results, seconds)
            self.records.put(record)
        except OSError as error:
            self.failed[student] = f"cannot be written: {error.strerror or error}"
            return None
        except OperationalError as error:
            self.failed[student] = f"the gradebook stayed locked: {error.orig or error!s}"
            return None
        self.fresh.add(student)
        return record

    def _record(self, student, digest, results: dict[str, Graded], seconds: float) -> Record:
        notebooks = {}
        for name, graded in results.items():
            scores = [s for s in graded.scores.values() if s is not None]
            notebooks[name] = {
                "state": graded.state,
                "score": sum(scores),
                "max_score": self.assignment.notebooks[name].points,
                "scores": graded.scores,
                "remarks": graded.remarks,
                "flags": graded.flags,
                "seconds": round(graded.seconds, 3),
                "cpu_seconds": round(graded.cpu_seconds, 3),
            }
        handed_in = [g.state for g in results.values() if g.state != "refused"]
        return Record(
            student=student,
            assignment=self.assignment.name,
            state=min(handed_in, key=work.STATES.index),
            digest=digest,
            score=sum(nb["score"] for nb in notebooks.values()),
            max_score=self.assignment.points,
            notebooks=notebooks,
            graded_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
            seconds=round(seconds, 3),
            cpu_seconds=round(sum(g.cpu_seconds for g in results.values()), 3),
        )

    def _refuse(self, student: str, reasons: dict[str, str], digest: str) -> Record | None:
        notebooks = {
            name: {
                "state": "refused", "score": 0.0, "max_score": master.points, "scores": {},
                "remarks": [str(reasons.get(name, "missing"))], "flags": [], "seconds": 0.0,
                "cpu_seconds": 0.0,
            }
            for name, master in self.assignment.notebooks.items()
        }  # fmt: skip
        record = Record(
            student, self.assignment.name, "refused", digest, 0.0, self.assignment.points,
            notebooks, datetime.now(timezone.utc).isoformat(timespec="seconds"),
        )  # fmt: skip
        try:
            self.writer.forget(student)
            self.records.put(record)
        except (OSError, OperationalError) as error:
            self.failed[student] = f"cannot be written: {error}"
            return None
        self.fresh.add(student)
        return record


# --- what the terminal shows ---------------------------------------------------------------------


class Progress:
    """A line that says how far the run is: in place on a terminal, now and then elsewhere."""

    def __init__(self, stream=None):
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self.started = time.monotonic()
        self.last = 0.0
        self.states: dict[str, int] = {}

    def __call__(self, done: int, total: int, record: Record | None) -> None:
        state = record.state if record is not None else "not recorded"
        self.states[state] = self.states.get(state, 0) + 1
        now = time.monotonic()
        if now - self.last < (0.1 if self.live else 5.0) and done < total:
            return
        self.last = now
        rate = done / max(now - self.started, 1e-9)
        left = (total - done) / rate
        clock = f"{left / 60:.0f} min" if left > 90 else f"{left:.0f} s"
        filled = round(24 * done / total)
        others = "".join(f", {n} {s}" for s, n in sorted(self.states.items()) if s != "graded")
        line = (
            f"[{'#' * filled}{'.' * (24 - filled)}] {done}/{total}  {rate:.1f}/s  "
            f"{clock} left{others}"
        )
        if self.live:
            print(f"\r{line[:110]:110}", end="\n" if done == total else "", file=self.stream)
        else:
            print(line, file=self.stream, flush=True)


def table(run: Run, assignment: Assignment) -> str:
    """The scores of a run, a line per student."""
    names = list(assignment.notebooks)
    width = max([len("student"), *(len(r.student) for r in run.records), *map(len, run.failed)])

    def line(student: str, values: Sequence[str], total: str, state: str) -> str:
        cells = "".join(f"  {v:>{len(n)}}" for n, v in zip(names, values, strict=True))
        return f"{student:{width}}{cells}  {total:>6}  {state}".rstrip()

    points = [f"{m.points:g}" for m in assignment.notebooks.values()]
    lines = [
        line("student", names, "total", "state"),
        line("", points, f"{assignment.points:g}", "(points)"),
    ]
    for record in run.records:
        values = [
            "-" if record.state == "refused" else f"{record.notebooks[n]['score']:g}" for n in names
        ]
        total = "-" if record.state == "refused" else f"{record.score:g}"
        state = record.state if record.student in run.fresh else f"{record.state} (unchanged)"
        state += f", {len(record.flags)} flags" if record.flags else ""
        lines.append(line(record.student, values, total, state))
        if record.state == "refused":
            lines += [f"{'':{width}}  {remark}" for remark in record.remarks]
    for student, why in run.failed.items():
        lines.append(line(student, ["-"] * len(names), "-", f"NOT RECORDED: {why}"))
    return "\n".join(lines)
