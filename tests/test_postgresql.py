"""nbgrader's gradebook in PostgreSQL, on a real server that lives as long as the tests."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from coursegrade.course import Trouble
from coursegrade.grade import grade
from coursegrade.sandbox import Unavailable, choose
from tests.small_course import answered, hand_in, make_course, options, scores

pytestmark = pytest.mark.roundtrip


@pytest.fixture(scope="module")
def kind():
    try:
        return choose("auto")
    except Unavailable as error:
        pytest.skip(f"no sandbox here: {error}")


def _programs() -> Path | None:
    """Where initdb and pg_ctl are: Debian keeps them off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@pytest.fixture(scope="module")
def server():
    """Yield the URL of a new server's database, reached through a socket in its folder."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    # a socket's path has 107 characters at most, so not below pytest's folder
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    account = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        account = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def run(program: str, *arguments: str) -> None:
        command = [*account, str(programs / program), *arguments]
        # its own log file: the server would hold a pipe open for as long as it lives
        with (folder / "out.txt").open("a") as out:
            done = subprocess.run(command, cwd=folder, stdout=out, stderr=out)
        assert done.returncode == 0, (folder / "out.txt").read_text()

    data = str(folder / "data")
    try:
        run("initdb", "--pgdata", data, "--username=grader", "--auth=trust", "--no-sync")
        settings = f"-c listen_addresses='' -c fsync=off -k {folder}"
        run("pg_ctl", "start", "--pgdata", data, "--wait", "--log", data + ".log", "-o", settings)
        try:
            yield f"postgresql+psycopg://grader@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--pgdata", data, "--mode=immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_a_class_is_graded_into_postgresql_and_again(tmp_path, kind, server):
    course = make_course(tmp_path, db_url=server)
    hand_in(course, "right", answered())
    hand_in(course, "half", answered(double="def double(x):\n    return 3 * x"))
    run = grade(course, "basics", options(kind))
    assert not run.failed and run.fresh == {"right", "half"}
    assert scores(course) == {"right": 4, "half": 2}
    assert grade(course, "basics", options(kind)).fresh == set()
    hand_in(course, "half", answered())
    assert grade(course, "basics", options(kind)).fresh == {"half"}
    assert scores(course) == {"right": 4, "half": 4}
    assert not (tmp_path / "gradebook.db").exists()

    # nbgrader's own export reads it
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "export", "--to", str(tmp_path / "grades.csv")],
        cwd=course.root, check=True, capture_output=True, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert (tmp_path / "grades.csv").read_text().count("basics") == 2


def test_somebody_elses_lock_is_waited_for(tmp_path, kind, server):
    import psycopg

    course = make_course(tmp_path, db_url=server)
    hand_in(course, "late", answered())
    grade(course, "basics", options(kind))
    hand_in(course, "late", answered(mean="def mean(t):\n    return t.sum() / t.numel()"))
    where = server.split("host=")[1]
    with psycopg.connect(f"host={where} user=grader dbname=postgres") as other:
        other.execute("LOCK TABLE grade IN ACCESS EXCLUSIVE MODE")
        threading.Timer(2.0, other.rollback).start()
        assert grade(course, "basics", options(kind)).fresh == {"late"}
    assert scores(course)["late"] == 4


def test_a_server_that_is_not_there_is_named(tmp_path):
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    course = make_course(tmp_path, db_url=f"postgresql+psycopg://x:secret@/y?host={tmp_path}")
    hand_in(course, "ada", answered())
    with pytest.raises(Trouble, match="cannot be opened") as said:
        grade(course, "basics", options())
    assert "postgresql" in str(said.value) and "secret" not in str(said.value)
