"""Warm kernels for anything that starts Jupyter kernels: nbclient, nbval, nbgrader itself.

Registered with jupyter_client as ``coursegrade-warm``::

    JUPYTER_DEFAULT_PROVISIONER_NAME=coursegrade-warm pytest --nbval solutions

A kernel is then forked from a process that has done its imports, in place of a new Python that
does them again. These kernels have no sandbox: they are for an author's own notebooks.
"""

import atexit
import os
import signal
import sys
import threading
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from coursegrade.sandbox import Sandbox
from coursegrade.warm import PRELOAD, Process, WarmParent

_parent: WarmParent | None = None
_lock = threading.Lock()


def _warm_parent() -> WarmParent:
    """One for this process; COURSEGRADE_PRELOAD names what it imports, separated by commas."""
    global _parent
    with _lock:
        if _parent is None:
            names = os.environ.get("COURSEGRADE_PRELOAD", ",".join(PRELOAD))
            _parent = WarmParent([name for name in names.split(",") if name])
            atexit.register(_parent.close)
        return _parent


class _Popen:
    """A forked kernel with the part of ``subprocess.Popen`` that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: Process):
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        ended = self._process.poll(0.0)
        return None if ended is None else ended.code

    def wait(self, timeout: float | None = None) -> int:
        ended = self._process.poll(timeout if timeout is not None else 10.0)
        self._process.close()
        return ended.code if ended is not None else -signal.SIGKILL

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel by forking; in everything else like jupyter_client's own."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel; anything but an ipykernel is started as ever."""
        if sys.platform == "win32" or "-f" not in cmd or "ipykernel_launcher" not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        process = _warm_parent().start(
            "coursegrade.provisioner:serve_kernel",
            Sandbox(kind="none"),
            env={key: str(value) for key, value in (kwargs.get("env") or {}).items()},
            cwd=os.fspath(kwargs.get("cwd") or os.getcwd()),
            argv=cmd[cmd.index("-f") :],
        )
        self.process = _Popen(process)
        self.pid = process.pid
        self.pgid = process.pid  # it leads a group of its own
        self.cwd = kwargs.get("cwd")
        return self.connection_info


def serve_kernel(request: dict, channel) -> None:
    """In the forked process: become an ipykernel. Does not return."""
    from coursegrade.runner import shell

    type(shell).clear_instance()  # the kernel brings a shell of its own
    sys.argv = ["ipykernel_launcher", *request["argv"]]
    sys.path.insert(0, "")
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(request["argv"])
    app.start()
    os._exit(0)
