"""Cells run in forked processes: outputs as in a notebook, nothing carried over, nothing hangs."""

import sys
import time

import IPython  # noqa: F401 -- the processes under test need it
import pytest

from coursegrade.forkrun import ForkRunner


@pytest.fixture(scope="module")
def runner():
    with ForkRunner(jobs=2, timeout=20) as pool:
        yield pool


def texts(outputs):
    return [(o["output_type"], o.get("text") or o.get("data") or o.get("ename")) for o in outputs]


def test_cells_share_a_namespace_and_show_what_a_notebook_shows(runner):
    run = runner.run(["x = 20", "print('hello')", "x + 1", "x + 1;", "def f():\n    return x\nf()"])
    assert run.stopped == ""
    assert [texts(outputs) for outputs in run.outputs] == [
        [],
        [("stream", "hello\n")],
        [("execute_result", {"text/plain": "21"})],
        [],
        [("execute_result", {"text/plain": "20"})],
    ]


def test_stderr_and_errors_are_kept_apart(runner):
    run = runner.run(["import sys; print('oops', file=sys.stderr)", "1 / 0", "def broken(:"])
    kinds = [[o["output_type"] for o in outputs] for outputs in run.outputs]
    assert kinds == [["stream"], ["error"], ["error"]]
    assert run.outputs[0][0]["name"] == "stderr"
    assert [o[0]["ename"] for o in run.outputs[1:]] == ["ZeroDivisionError", "SyntaxError"]


def test_each_run_starts_afresh(runner):
    runner.run(["import builtins, torch; builtins.leak = 1; torch.allclose = lambda *a: True"])
    run = runner.run(
        ["import builtins, torch; (hasattr(builtins, 'leak'), torch.allclose.__name__)"]
    )
    assert run.outputs[0][0]["data"]["text/plain"] == "(False, 'allclose')"


def test_random_numbers_do_not_repeat_between_runs_unless_seeded(runner):
    """A fork inherits the generator: torch's must be seeded anew."""
    cell = (
        "import torch, numpy, random; (torch.rand(1).item(), numpy.random.rand(), random.random())"
    )
    one, two = (runner.run([cell]).outputs[0][0]["data"]["text/plain"] for _ in range(2))
    assert all(a != b for a, b in zip(one.split(","), two.split(","), strict=True))


def test_a_loop_is_stopped_and_the_cells_before_it_keep_their_outputs():
    with ForkRunner(jobs=1) as pool:
        pool.run(["1"])  # the first run waits until torch is imported
        pool.timeout = 2
        start = time.monotonic()
        run = pool.run(["1", "while True: pass", "2"])
    assert run.stopped == "timeout"
    assert len(run.outputs) == 1
    assert time.monotonic() - start < 15


@pytest.mark.parametrize("cell", ["import os; os._exit(3)", "import os; os.kill(os.getpid(), 9)"])
def test_a_cell_that_kills_its_process_is_reported(runner, cell):
    run = runner.run(["1", cell, "2"])
    assert run.stopped.startswith("died")
    assert len(run.outputs) == 1


@pytest.mark.parametrize(
    "cell", ["exit()", "raise SystemExit", "raise KeyboardInterrupt", "input()"]
)
def test_a_cell_that_tries_to_leave_or_to_ask_ends_in_an_error_or_nothing(runner, cell):
    run = runner.run([cell, "40 + 2"])
    assert run.outputs[-1][-1]["data"]["text/plain"] == "42"


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot fork: every run imports torch anew"
)
def test_a_warm_run_is_much_faster_than_importing_torch(runner):
    runner.run(["1"])
    warm = [runner.run(["import torch; torch.ones(2).sum()"]).seconds for _ in range(5)]
    assert min(warm) < 0.5  # a cold kernel takes 1.5 s and more
