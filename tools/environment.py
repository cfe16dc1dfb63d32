"""The virtual environment: made once, made again when what it should hold has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

from tools.paths import ROOT

VENV = Path(os.environ.get("TORCHNOTES_VENV", ROOT / ".venv"))
INSTALLED = "TORCHNOTES_INSTALLED"  # tells the inner process how long installing took
STAMP = VENV / "installed.sha256"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


class Trouble(Exception):
    """Something the person at the keyboard can mend; its text says how."""


def _wanted() -> str:
    """A digest of everything that decides what is installed."""
    state = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in ("requirements.txt", "constraints.txt", "pyproject.toml"):
        state.update((ROOT / name).read_bytes())
    return state.hexdigest()


def _other_python() -> bool:
    """Whether the environment there was made by another Python than the one that runs this."""
    config = VENV / "pyvenv.cfg"
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}."
    lines = config.read_text().splitlines() if config.exists() else []
    found = [line.split("=")[1].strip() for line in lines if line.startswith("version")]
    return not any(version.startswith(wanted) for version in found)


def inside() -> bool:
    """Whether this process already runs in the course's environment."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def ready() -> bool:
    # inside, whoever made the environment decided on its Python
    return STAMP.exists() and (inside() or STAMP.read_text().strip() == _wanted())


def _pip(*arguments: str) -> None:
    """Run pip, showing a line per package, and its last words if it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    process = subprocess.Popen(
        [*command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    last: list[str] = []
    count = 0
    for line in process.stdout:
        last = [*last[-30:], line.rstrip()]
        if line.startswith(("Collecting", "Installing", "Building", "Obtaining")):
            count += 1
            if sys.stdout.isatty():
                print(f"\r\033[K  {line.strip()[:90]}", end="", flush=True)
            elif count % 25 == 1 or line.startswith(("Installing", "Collecting torch")):
                print(f"  {line.strip()[:90]}", flush=True)
    if sys.stdout.isatty():
        print("\r\033[K", end="")
    if process.wait():
        raise Trouble(
            "\n".join(last)
            + "\n\npip could not install what requirements.txt names. Its reason stands above: most"
            "\noften no network, too little disk space (about 2 GB without CUDA, 7 GB with), or a"
            "\nPython that torch has no build for. Nothing is lost: mend it and run the same again."
        )


def ensure() -> float:
    """Create ``.venv`` and install into it, unless that is done already; return the seconds."""
    if ready():
        return 0.0
    begun = time.perf_counter()
    if inside():
        raise Trouble("requirements.txt has changed: run `make venv` outside the environment")
    start = "Creating" if not PYTHON.exists() or _other_python() else "Updating"
    print(
        f"{start} {VENV.name} with Python {sys.version_info[0]}.{sys.version_info[1]}", flush=True
    )
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists() or _other_python():
        shutil.rmtree(VENV, ignore_errors=True)  # cut off half-way, or another Python's
        try:
            venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(VENV)
        except (subprocess.CalledProcessError, SystemExit, OSError) as error:
            raise Trouble(
                f"Python could not make a virtual environment: {error}\n"
                "On Debian and Ubuntu that is a package of its own: apt install python3-venv"
            ) from error
    _pip("-r", "requirements.txt", "-c", "constraints.txt")
    _pip("--no-deps", "-e", ".")
    STAMP.write_text(_wanted() + "\n")
    return time.perf_counter() - begun


def enter(arguments: list[str], installed: float = 0.0) -> int:
    """Run these arguments in the environment's Python and return its exit code.

    ``installed`` is what making the environment took, for the summary at the end.
    """
    env = {**variables(), INSTALLED: str(installed)}
    return subprocess.call([str(PYTHON), "-m", "tools", *arguments], env=env, cwd=ROOT)


def variables() -> dict[str, str]:
    """The environment variables that every child of the course's commands gets."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"  # nbgrader looks for alembic on it
    return {
        **os.environ,
        "PATH": path,
        "VIRTUAL_ENV": str(VENV),
        "PYTHONUNBUFFERED": "1",
        # pages and notebooks share the cores with each other, and PyTorch's threads gain nothing
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
