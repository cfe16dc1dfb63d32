"""Run one notebook's cells in forked processes; what a cell breaks costs that cell.

A cell that runs too long, kills its process or exhausts its memory ends there. A new process is
forked, the cells before are run again (tests and the culprit left out), and the rest continues.
"""

import json
import secrets
import select
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from coursegrade import testcells
from coursegrade.runner import HEADER, MAX_MESSAGE
from coursegrade.sandbox import TOO_MANY_PROCESSES, TOO_MUCH_MEMORY, Sandbox
from coursegrade.warm import Process, WarmParent


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    Attributes:
        source: its text.
        role: ``given`` (an instructor's), ``answer`` (a learner's) or ``test``.
        name: its nbgrader id, for messages.
        defines: the names that the learner is asked to define; tests use theirs.
    """

    source: str
    role: str
    name: str
    defines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bounds:
    """What a notebook may use."""

    cell_seconds: float = 60.0
    notebook_seconds: float = 300.0
    output_bytes: int = 1_000_000  # per cell
    threads: int = 1
    sandbox: Sandbox = field(default_factory=Sandbox)
    env: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict) -> "Bounds":
        env = tuple((key, value) for key, value in data["env"])
        return cls(**{**data, "sandbox": Sandbox.from_dict(data["sandbox"]), "env": env})


@dataclass
class Outcome:
    """What running a notebook gave: for each cell its outputs and its state.

    States: ``ran`` (to its end or to an error), ``timed out``, ``out of memory``, ``died``,
    ``not run``.
    """

    outputs: list[list[dict]]
    states: list[str]
    flags: list[str]
    cpu_seconds: float  # of the cells, replays included
    seconds: float  # on the clock
    restarts: int


class _Ended(Exception):
    """The process is gone, or has to go: (state, what to tell)."""


class _Session:
    """A forked process and the conversation with it."""

    def __init__(self, parent: WarmParent, bounds: Bounds, cwd: str = ""):
        self.process: Process = parent.start(
            "coursegrade.runner:serve",
            bounds.sandbox,
            env=dict(bounds.env),
            threads=bounds.threads,
            cwd=cwd,
        )
        self.bounds = bounds
        self.buffer = bytearray()
        self.cpu = 0.0

    def _read(self, size: int, deadline: float) -> bytes:
        channel = self.process.channel
        while len(self.buffer) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([channel], [], [], left)[0]:
                raise TimeoutError
            try:
                data = channel.recv(1 << 16)
            except OSError:
                data = b""
            if not data:
                raise EOFError
            self.buffer += data
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data

    def run(self, cell: Cell, seconds: float) -> tuple[list[dict], list[str]]:
        """Run one cell.

        Raises:
            _Ended: it took too long, or the process is gone.
        """
        token = secrets.token_hex(16)
        message = {
            "source": cell.source,
            "role": cell.role,
            "name": cell.name,
            "defines": list(cell.defines),
            "code": testcells.prepare(cell.source, cell.name) if cell.role == "test" else None,
            "max_output": self.bounds.output_bytes,
            "token": token,
        }
        data = json.dumps(message).encode()
        try:
            self.process.channel.settimeout(seconds)
            self.process.channel.sendall(HEADER.pack(len(data)) + data)
            deadline = time.monotonic() + seconds
            (size,) = HEADER.unpack(self._read(HEADER.size, deadline))
            if size > MAX_MESSAGE:
                raise ValueError
            reply = json.loads(self._read(size, deadline))
            if reply["token"] != token:
                raise ValueError
            outputs, flags, cpu = _checked(reply)
        except TimeoutError:
            raise _Ended("timed out", f"it ran for more than {seconds:.0f} s") from None
        except (EOFError, OSError):
            raise _Ended(*self._why()) from None
        except (ValueError, KeyError, TypeError):
            raise _Ended("died", "it wrote into the channel that its results go through") from None
        self.cpu += cpu
        return outputs, flags

    def _why(self) -> tuple[str, str]:
        ended = self.process.poll(5.0)
        if ended is None:
            return "died", "it stopped answering"
        code = ended.code
        if code in (TOO_MUCH_MEMORY, -9, 128 + 9):
            return "out of memory", "its processes used more memory than they may"
        if code == TOO_MANY_PROCESSES:
            limit = self.bounds.sandbox.limits.processes
            return "died", f"it started more than {limit} processes"
        what = f"signal {code - 128}" if 128 < code < 160 else f"exit code {code}"
        return "died", f"it ended its process ({what})"

    def close(self) -> None:
        self.process.close()


def _checked(reply: dict) -> tuple[list[dict], list[str], float]:
    """A reply comes from a process with a learner's code in it: take nothing else from it."""
    outputs = []
    for output in reply["outputs"]:
        kind = output["output_type"]
        if kind == "stream":
            kept = {"name": str(output["name"]), "text": str(output["text"])}
            if kept["name"] not in ("stdout", "stderr"):
                raise ValueError
        elif kind == "error":
            kept = {
                "ename": str(output["ename"]),
                "evalue": str(output["evalue"]),
                "traceback": [str(line) for line in output["traceback"]],
            }
        elif kind in ("display_data", "execute_result"):
            data = {str(mime): str(text) for mime, text in output["data"].items()}
            kept = {"data": data, "metadata": {}}
            if kind == "execute_result":
                kept["execution_count"] = None
        else:
            raise ValueError
        outputs.append({"output_type": kind, **kept})
    return outputs, [str(flag)[:300] for flag in reply["flags"]], float(reply["cpu"])


def _stopped(name: str, text: str) -> list[dict]:
    return [{"output_type": "error", "ename": name, "evalue": text, "traceback": []}]


NAMES = {
    "timed out": "TimedOut", "out of memory": "OutOfMemory", "died": "Died", "not run": "NotRun",
}  # fmt: skip


def run_notebook(
    parent: WarmParent, cells: Sequence[Cell], bounds: Bounds, cwd: str = ""
) -> Outcome:
    """Run the cells in order and return what each gave, whatever they do.

    ``cwd`` is where they run if there is no sandbox with a folder of its own.
    """
    started = time.monotonic()
    deadline = started + bounds.notebook_seconds
    outputs: list[list[dict]] = [[] for _ in cells]
    states = ["not run"] * len(cells)
    flags: list[str] = []
    culprits: set[int] = set()
    session: _Session | None = None
    cpu, restarts = 0.0, -1
    index = 0
    try:
        while index < len(cells):
            replaying = index
            try:
                if session is None:
                    restarts += 1
                    session = _Session(parent, bounds, cwd)
                    for replaying in range(index):
                        if cells[replaying].role != "test" and replaying not in culprits:
                            session.run(cells[replaying], _left(bounds, deadline))
                replaying = index
                found, tampering = session.run(cells[index], _left(bounds, deadline))
            except _Ended as end:
                state, text = end.args
                if time.monotonic() >= deadline:
                    state = "timed out"
                    text = f"the notebook ran for more than {bounds.notebook_seconds:.0f} s"
                culprits.add(replaying)
                states[replaying] = state
                outputs[replaying] = _stopped(NAMES[state], text)
                if session is not None:
                    cpu += session.cpu
                    session.close()
                    session = None
                if replaying == index:
                    index += 1
                if time.monotonic() >= deadline:
                    break
                continue
            outputs[index], states[index] = found, "ran"
            if any(map(_is_memory_error, found)):
                states[index] = "out of memory"
            flags += [f"{cells[index].name}: {flag}" for flag in tampering]
            index += 1
    finally:
        if session is not None:
            cpu += session.cpu
            session.close()
    for rest in range(len(cells)):
        if states[rest] == "not run":
            text = f"the notebook ran for more than {bounds.notebook_seconds:.0f} s before this"
            outputs[rest] = _stopped("NotRun", text)
    seconds = time.monotonic() - started
    return Outcome(outputs, states, flags, cpu, seconds, max(restarts, 0))


def _left(bounds: Bounds, deadline: float) -> float:
    return max(0.01, min(bounds.cell_seconds, deadline - time.monotonic()))


def _is_memory_error(output: dict) -> bool:
    return output["output_type"] == "error" and (
        output["ename"] == "MemoryError"
        or "can't allocate memory" in output["evalue"]
        or "not enough memory" in output["evalue"]
    )
