"""A pytest plugin: the kernels that nbval starts talk over Unix sockets in place of ports.

Two processes that ask for a free port in the same moment can be given the same one, and the kernel
that comes second dies before it answers. Several of pytest's workers start kernels at once.
"""

import functools
import os
import shutil
import tempfile
import uuid
from pathlib import Path

import nbval.kernel
from jupyter_client.manager import KernelManager


def _manager(folder: Path, **options) -> KernelManager:
    """A kernel manager whose sockets lie in the folder, each under a name of its own."""
    file = folder / f"{uuid.uuid4().hex}.json"
    return KernelManager(transport="ipc", connection_file=str(file), **options)


def pytest_configure(config) -> None:
    if os.name == "posix":  # Windows has no such sockets: there the small risk stays
        # a socket's path has some 100 characters at most: no home folder, nor macOS's TMPDIR
        config.nbval_sockets = Path(tempfile.mkdtemp(prefix="nbval-", dir="/tmp"))
        nbval.kernel.KernelManager = functools.partial(_manager, config.nbval_sockets)


def pytest_unconfigure(config) -> None:
    if folder := getattr(config, "nbval_sockets", None):
        nbval.kernel.KernelManager = KernelManager
        shutil.rmtree(folder, ignore_errors=True)
