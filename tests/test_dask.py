"""A Dask cluster grades as one machine does, and a worker that is lost costs nothing."""

import os
import signal
import threading
import time
from dataclasses import replace

import pytest

from coursegrade.course import Trouble
from coursegrade.grade import grade
from coursegrade.records import Records
from coursegrade.sandbox import Unavailable, choose
from tests.small_course import DOUBLE, answered, hand_in, make_course, options, scores

pytestmark = pytest.mark.roundtrip

distributed = pytest.importorskip("distributed", reason="Dask is not installed")


@pytest.fixture(scope="module")
def kind():
    try:
        return choose("auto")
    except Unavailable as error:
        pytest.skip(f"no sandbox here: {error}")


@pytest.fixture(scope="module")
def cluster():
    """Two workers in processes of their own, as on two machines that share a folder."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def hand_in_class(course) -> None:
    hand_in(course, "right", answered())
    hand_in(course, "half", answered(double="def double(x):\n    return 3 * x"))
    hand_in(course, "loops", answered(double="def double(x):\n    while True:\n        pass"))
    hand_in(course, "dies", answered(double="def double(x):\n    import os\n    os._exit(3)"))
    hand_in(course, "not-json", "this is no notebook")


def outcomes(course) -> dict:
    """What must not depend on where a submission ran."""
    return {
        r.student: (r.state, {n: nb["scores"] for n, nb in r.notebooks.items()})
        for r in Records(course.records, "basics").all()
    }


def test_two_workers_give_the_scores_of_one_machine(tmp_path, kind, cluster):
    here, there = make_course(tmp_path / "here"), make_course(tmp_path / "there")
    for course in (here, there):
        hand_in_class(course)
    limits = options(kind, cell_seconds=3.0)
    grade(here, "basics", limits)
    run = grade(there, "basics", replace(limits, scheduler=cluster.scheduler_address))
    assert not run.failed and not run.warnings
    assert outcomes(there) == outcomes(here) and len(outcomes(here)) == 5
    assert scores(there) == scores(here) == {"right": 4, "half": 2, "loops": 2, "dies": 2}


def test_a_worker_that_is_killed_costs_nothing(tmp_path, kind, cluster):
    course = make_course(tmp_path)
    slow = DOUBLE + "\nimport time\ntime.sleep(1.0)"
    students = [f"s{number}" for number in range(6)]
    for student in students:
        hand_in(course, student, answered(double=slow))
    victim = next(iter(cluster.workers.values())).pid
    killed = []

    def kill_amidst() -> None:
        folder = course.records / "basics"
        while not list(folder.glob("s*.json")):
            time.sleep(0.05)
        os.kill(victim, signal.SIGKILL)
        killed.append(victim)

    watcher = threading.Thread(target=kill_amidst, daemon=True)
    watcher.start()
    run = grade(course, "basics", replace(options(kind), scheduler=cluster.scheduler_address))
    watcher.join(timeout=1)
    assert killed and not run.failed
    assert scores(course) == dict.fromkeys(students, 4)


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, monkeypatch):
    course = make_course(tmp_path)
    hand_in(course, "ada", answered())
    monkeypatch.setattr("coursegrade.grade.SCHEDULER_SECONDS", 0.5)
    with pytest.raises(Trouble, match=r"tcp://127\.0\.0\.1:9"):
        grade(course, "basics", replace(options(), scheduler="tcp://127.0.0.1:9"))
