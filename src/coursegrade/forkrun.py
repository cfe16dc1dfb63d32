"""Run short lists of cells, each list in a fresh process forked from one that has imported torch.

Made for running hundreds of small answers, where `import torch` would take most of the time. There
is no sandbox here: it is for a course's own test answers, not for strangers' work.
"""

import multiprocessing as mp
import os
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

PRELOAD = ("torch", "numpy", "matplotlib.pyplot", "coursegrade._shell")


@dataclass(frozen=True)
class Run:
    """What running a list of cells gave.

    ``outputs`` has one entry per cell that ran to its end or to an error, in nbformat's form.
    ``stopped`` is empty, or says why the rest did not run: ``timeout`` or ``died (exit code ...)``.
    """

    outputs: list[list[dict]]
    stopped: str
    seconds: float  # on the clock, waiting included
    cpu_seconds: float  # of the process that ran the cells


def _child(connection, cells: Sequence[str], cwd: str) -> None:
    import numpy
    import torch

    from coursegrade._shell import run_cell

    torch.set_num_threads(1)  # one answer, one core: several run side by side
    # a fork inherits its parent's generators: without this every run would draw the same numbers
    random.seed()
    numpy.random.seed()
    torch.seed()
    os.chdir(cwd)
    sys.stdin = open(os.devnull)  # noqa: SIM115 - a cell that asks for input gets none
    for source in cells:
        connection.send((run_cell(source), time.process_time()))
    connection.close()


class ForkRunner:
    """A pool of runners. Use as a context manager.

    Args:
        jobs: how many lists run side by side; the number of cores where None.
        timeout: seconds that one list of cells may take.
        cwd: the folder in which the cells run.
    """

    def __init__(self, jobs: int | None = None, timeout: float = 60.0, cwd: str = "."):
        self.jobs = jobs or os.cpu_count() or 1
        self.timeout = timeout
        self.cwd = os.path.abspath(cwd)
        # Windows cannot fork: there every run imports torch anew, slower and otherwise the same.
        method = "forkserver" if "forkserver" in mp.get_all_start_methods() else "spawn"
        self._context = mp.get_context(method)
        if method == "forkserver":
            # _child lives in this module, so a runner also has it imported already
            self._context.set_forkserver_preload([*PRELOAD, __name__])
        self._pool = ThreadPoolExecutor(self.jobs, thread_name_prefix="forkrun")

    def __enter__(self) -> "ForkRunner":
        return self

    def __exit__(self, *exc_info) -> None:
        self._pool.shutdown(cancel_futures=True)

    def run(self, cells: Sequence[str]) -> Run:
        """Run the cells in a fresh process and wait for the outcome."""
        start = time.monotonic()
        receive, send = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_child, args=(send, list(cells), self.cwd))
        process.start()
        send.close()  # so that the pipe ends when the child does
        outputs: list[list[dict]] = []
        stopped, cpu = "", 0.0
        try:
            while len(outputs) < len(cells):
                left = start + self.timeout - time.monotonic()
                if left <= 0 or not receive.poll(left):
                    stopped = "timeout"
                    break
                shown, cpu = receive.recv()
                outputs.append(shown)
        except EOFError:
            process.join()
            stopped = f"died (exit code {process.exitcode})"
        finally:
            if stopped == "timeout":
                process.kill()
            process.join()
            process.close()
            receive.close()
        return Run(outputs, stopped, time.monotonic() - start, cpu)

    def submit(self, cells: Sequence[str]):
        """Like :meth:`run`, at once and in the background: a future of its result."""
        return self._pool.submit(self.run, cells)
