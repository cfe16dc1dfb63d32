"""The warm parent: one process that has done the imports and forks a runner for each notebook.

``python -m coursegrade.warm SOCKET`` listens on a Unix socket. One connection is one forked
process: it takes a line of JSON and the other end of a socket pair, over which the forked process
talks with whoever asked for it; it answers ``{"pid": ...}`` and at the end ``{"exit": ...,
"cpu": ...}``. Closing the connection kills what was forked.

It never runs anything itself: a process that has started threads cannot fork a working one.
"""

import argparse
import contextlib
import gc
import importlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coursegrade.sandbox import Sandbox, bwrap_command, die_with_parent, enter, set_limits

# What every child has imported already, where it is installed.
PRELOAD = ("numpy", "matplotlib.pyplot", "matplotlib.backends.backend_agg", "torch", "PIL.Image")
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
START_SECONDS = 300.0  # importing torch takes a while, from a cold disk or on a busy machine


# --- in the forked process -----------------------------------------------------------------------


def become(request: dict, channel: socket.socket) -> None:
    """Turn a forked (or fresh) process into the one that was asked for. Does not return."""
    sandbox = Sandbox.from_dict(request["sandbox"])
    for number in (0, 1, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR), number)
    os.environ.update(request.get("env", {}))
    die_with_parent()
    if sandbox.kind == "namespace":
        enter(sandbox)
    elif request.get("cwd"):
        os.chdir(request["cwd"])
    _import(request.get("preload", ()))  # a cold process has nothing yet
    _reseed()
    if sandbox.kind != "none":
        set_limits(sandbox.limits)
    module, function = request["target"].split(":")
    getattr(importlib.import_module(module), function)(request, channel)


def _reseed() -> None:
    """A fork inherits its parent's generators: without this every notebook draws the same."""
    import random

    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "torch" in sys.modules:
        sys.modules["torch"].seed()


# --- the parent ----------------------------------------------------------------------------------


def _import(names: Sequence[str]) -> None:
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"coursegrade: cannot import {name} ahead of time ({error})", file=sys.stderr)


def _threads() -> int:
    return len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1


class _Server:
    def __init__(self, path: str):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        os.chmod(path, 0o600)
        self.listener.listen(128)
        self.connections: dict[socket.socket, int | None] = {}
        self.by_pid: dict[int, socket.socket] = {}
        self.wake, self._wake_write = os.pipe()
        for end in (self.wake, self._wake_write):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *args: None)
        signal.set_wakeup_fd(self._wake_write)

    def serve(self) -> None:
        parent = os.getppid()
        while True:
            ready, _, _ = select.select([self.listener, self.wake, *self.connections], [], [], 1.0)
            if os.getppid() != parent:  # whoever started us is gone
                os._exit(0)
            for item in ready:
                if item is self.listener:
                    connection, _ = self.listener.accept()
                    self.connections[connection] = None
                elif item == self.wake:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self.wake, 4096)
                    self._reap()
                elif item in self.connections:
                    self._read(item)

    def _reap(self) -> None:
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            connection = self.by_pid.pop(pid, None)
            if connection is None:
                continue
            self.connections[connection] = None
            end = {
                "exit": os.waitstatus_to_exitcode(status),
                "cpu": usage.ru_utime + usage.ru_stime,
            }
            with contextlib.suppress(OSError):
                connection.sendall(json.dumps(end).encode() + b"\n")

    def _close(self, connection: socket.socket) -> None:
        pid = self.connections.pop(connection, None)
        if pid:
            self.by_pid.pop(pid, None)
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)  # the watchman; what he watches dies with him
        connection.close()

    def _read(self, connection: socket.socket) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(connection, 1 << 20, 1)
            while data and not data.endswith(b"\n"):
                data += connection.recv(1 << 20)
        except OSError:
            data, descriptors = b"", []
        if not data or not descriptors:
            self._close(connection)
            return
        pid = os.fork()
        if pid == 0:
            self._child(json.loads(data), descriptors[0])
        os.close(descriptors[0])
        self.connections[connection] = pid
        self.by_pid[pid] = connection
        with contextlib.suppress(OSError):
            connection.sendall(json.dumps({"pid": pid}).encode() + b"\n")

    def _child(self, request: dict, descriptor: int) -> None:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.setsid()
            # nothing of the parent stays open: neither other runners' channels nor the listener
            os.dup2(descriptor, 3)
            os.closerange(4, 4096)
            become(request, socket.socket(fileno=3))
        except BaseException:
            import traceback

            with contextlib.suppress(Exception), open(request.get("errors", os.devnull), "a") as f:
                traceback.print_exc(file=f)
        finally:
            os._exit(70)


def main(argv: list[str] | None = None) -> int:
    """Import, then serve until the starter is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("socket")
    parser.add_argument("--preload", default=",".join(PRELOAD))
    args = parser.parse_args(argv)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the coordinator's to handle
    # the shell that runs cells comes first: it chooses how figures are drawn
    _import(["coursegrade.runner", *(name for name in args.preload.split(",") if name)])
    if _threads() != 1:
        print(
            f"coursegrade: the warm parent has {_threads()} threads after its imports; one of "
            f"{args.preload} starts some, and a fork would lose them",
            file=sys.stderr,
        )
        return 3
    sys.path[:] = [p for p in sys.path if p]
    from coursegrade.guard import Guard

    Guard.current()  # every child inherits the snapshot
    gc.collect()
    gc.freeze()  # the pages stay shared: the collector of a child does not write to them
    server = _Server(args.socket)
    print("ready", flush=True)
    server.serve()
    return 0


# --- the asking side -----------------------------------------------------------------------------


@dataclass
class Ended:
    """How a process ended: its exit code (negative: by that signal) and CPU seconds."""

    code: int
    cpu: float


class Process:
    """A process that a warm parent forked, or a cold one that has the same channel.

    ``channel`` is a stream socket to it.
    """

    def __init__(self, control, channel: socket.socket, pid: int, popen=None):
        self.channel = channel
        self.pid = pid
        self._control = control
        self._popen = popen
        self._buffer = b""
        self._ended: Ended | None = None

    def poll(self, timeout: float = 0.0) -> Ended | None:
        """Return how it ended, or None if it has not within ``timeout`` seconds."""
        if self._ended is None and self._popen is not None:
            try:
                self._ended = Ended(self._popen.wait(timeout), 0.0)
            except subprocess.TimeoutExpired:
                return None
        while self._ended is None:
            if not select.select([self._control], [], [], timeout)[0]:
                return None
            try:
                data = self._control.recv(4096)
            except OSError:
                data = b""
            if not data:  # the parent itself is gone, and its forks with it
                self._ended = Ended(-signal.SIGKILL, 0.0)
                break
            self._buffer += data
            if b"\n" in self._buffer:
                message = json.loads(self._buffer.split(b"\n")[0])
                self._ended = Ended(message["exit"], message["cpu"])
        return self._ended

    def close(self, wait: float = 5.0) -> Ended:
        """Kill it and all that it started; return how it ended."""
        self.channel.close()
        ended = self.poll(0.0)
        if ended is None:
            if hasattr(os, "killpg"):
                with contextlib.suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)
            if self._popen is not None:
                self._popen.kill()
            else:
                with contextlib.suppress(OSError):
                    os.kill(self.pid, signal.SIGKILL)
            ended = self.poll(wait) or Ended(-signal.SIGKILL, 0.0)
        if self._control is not None:
            self._control.close()
        return ended


class WarmParent:
    """Starts the warm parent, forks from it, and starts it again if it dies. Use with ``with``.

    Args:
        preload: modules to import ahead of time.
        cold: do not fork but start every process anew: for CUDA, which does not survive a fork,
            for bubblewrap, and where forking is not to be had.
    """

    def __init__(self, preload: Sequence[str] = PRELOAD, cold: bool = False):
        self.preload = tuple(preload)
        self.cold = cold or sys.platform == "win32"
        self.by_port = sys.platform == "win32"  # it hands no sockets over
        self._folder = tempfile.TemporaryDirectory(prefix="coursegrade-")
        self._process: subprocess.Popen | None = None
        self._count = 0
        self._lock = threading.Lock()

    def __enter__(self) -> "WarmParent":
        return self

    def __exit__(self, *exc_info) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The parent's process id while it runs."""
        alive = self._process is not None and self._process.poll() is None
        return self._process.pid if alive else None

    def close(self) -> None:
        """End the parent and everything forked from it."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                self._process.stdout.close()
                self._process = None
        self._folder.cleanup()

    def _environment(self) -> dict[str, str]:
        env = {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}
        env["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
        env["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        env.pop("JPY_PARENT_PID", None)
        if not self.cold:
            env["CUDA_VISIBLE_DEVICES"] = ""  # CUDA does not survive a fork
        return env

    def _socket_path(self) -> str:
        """Start the parent if it is not running, and return where it listens."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return self._path
            self._count += 1
            self._path = str(Path(self._folder.name) / f"warm-{self._count}")
            command = [sys.executable, "-m", "coursegrade.warm", self._path]
            command += ["--preload", ",".join(self.preload)]
            self._process = subprocess.Popen(
                command, env=self._environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
            )
            ready = select.select([self._process.stdout], [], [], START_SECONDS)[0]
            if not ready or self._process.stdout.readline() != b"ready\n":
                self._process.kill()
                raise RuntimeError(
                    "The warm parent did not start; what it wrote stands above. "
                    f"It imports {', '.join(self.preload)}."
                )
            return self._path

    def start(
        self, target: str, sandbox: Sandbox, env: dict[str, str] | None = None, **request
    ) -> Process:
        """Start a process that calls ``target`` (``"module:function"``) with the request.

        Args:
            target: called as ``function(request, channel)`` inside the sandbox.
            sandbox: what it may see and use.
            env: variables to set for it.
            **request: whatever else the target needs, as JSON can hold it.
        """
        request = {"target": target, "sandbox": sandbox.as_dict(), "env": env or {}, **request}
        ours, theirs = socket.socketpair()
        try:
            if self.cold or sandbox.kind == "bwrap":
                return self._start_cold(request, sandbox, ours, theirs)
            for attempt in range(5):
                try:
                    return self._fork(request, ours, theirs)
                except OSError:  # it died between our asking and its answer: start another
                    time.sleep(0.1 * attempt)
            raise RuntimeError(
                "The warm parent dies again and again; is the machine out of memory?"
            )
        finally:
            theirs.close()

    def _fork(self, request: dict, ours: socket.socket, theirs: socket.socket) -> Process:
        control = socket.socket(socket.AF_UNIX)
        control.connect(self._socket_path())
        socket.send_fds(control, [json.dumps(request).encode() + b"\n"], [theirs.fileno()])
        buffer = b""
        while b"\n" not in buffer:
            data = control.recv(4096)
            if not data:
                control.close()
                raise ConnectionResetError("the warm parent is gone")
            buffer += data
        line, rest = buffer.split(b"\n", 1)
        process = Process(control, ours, json.loads(line)["pid"])
        process._buffer = rest
        return process

    def _start_cold(
        self, request: dict, sandbox: Sandbox, ours: socket.socket, theirs: socket.socket
    ) -> Process:
        # the shell that runs cells comes first: it chooses how figures are drawn
        request["preload"] = ["coursegrade.runner", *self.preload]
        program = [sys.executable, "-m", "coursegrade.cold"]
        env = {**self._environment(), **request["env"]}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        if self.by_port:
            ours.close()
            with socket.create_server(("127.0.0.1", 0)) as server:
                word = secrets.token_hex(16)
                env["COURSEGRADE_WORD"] = word
                port = str(server.getsockname()[1])
                popen = subprocess.Popen([*program, "--connect", port], env=env, **quiet)
                ours = _accept(server, word)
        else:
            if sandbox.kind == "bwrap":
                program = bwrap_command(sandbox) + program
            popen = subprocess.Popen(
                [*program, str(theirs.fileno())],
                env=env,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                **quiet,
            )
        ours.sendall(json.dumps(request).encode() + b"\n")
        return Process(None, ours, popen.pid, popen)


def _accept(server: socket.socket, word: str) -> socket.socket:
    """Wait for the process that knows the word; send everybody else away."""
    server.settimeout(START_SECONDS)
    while True:
        connection, _ = server.accept()
        connection.settimeout(5)
        said = b""
        with contextlib.suppress(OSError):
            while len(said) < len(word):
                data = connection.recv(len(word) - len(said))
                if not data:
                    break
                said += data
        if secrets.compare_digest(said, word.encode()):
            connection.settimeout(None)
            return connection
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
