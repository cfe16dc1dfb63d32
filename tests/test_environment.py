"""The first minute on a new machine: what is missing is named, what is there is not made again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment, steps
from tools.environment import Trouble
from tools.paths import ROOT


def old_pythons():
    """Pythons older than 3.10 on this machine."""
    found = [shutil.which(f"python{v}") for v in ("2.7", "3.6", "3.7", "3.8", "3.9")]
    working = []
    for path in filter(None, found):
        probe = subprocess.run(
            [path, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True
        )
        if probe.returncode == 0:
            working.append(path)
    return working


@pytest.mark.parametrize("command", ["course", "test", "help"])
def test_an_old_python_is_told_so(command):
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no Python older than 3.10 on this machine")
    for python in pythons:
        done = subprocess.run(
            [python, "-m", "tools", command], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 2
        assert "needs Python 3.10 or newer" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_gatekeeper_is_readable_to_an_old_python():
    """Whatever is here, the two files that run before the version check use only old syntax."""
    import ast

    for name in ("__main__.py", "__init__.py"):
        source = (ROOT / "tools" / name).read_text()
        ast.parse(source, feature_version=(3, 4))
        assert "f'" not in source and 'f"' not in source


def test_make_without_python_says_so():
    if not shutil.which("make"):
        pytest.skip("no make on this machine")
    done = subprocess.run(
        ["make", "help", "PYTHON=python-that-is-not-there"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "There is no 'python-that-is-not-there' here" in done.stderr


def test_everything_works_without_make():
    done = subprocess.run(
        [sys.executable, "-m", "tools", "help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "python -m tools COMMAND" in done.stdout


def test_every_make_target_is_a_command_and_every_command_a_target():
    from tools.commands import COMMANDS

    text = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    targets = text.split("COMMANDS :=")[1].split("\n")[0].split()
    assert set(targets) | {"help"} == set(COMMANDS)


def test_an_unknown_command_is_named():
    done = subprocess.run(
        [sys.executable, "-m", "tools", "cuorse"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "no command 'cuorse'" in done.stderr


def test_a_finished_environment_is_not_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(environment, "inside", lambda: False)
    assert not environment.ready()
    (tmp_path / "stamp").write_text(environment._wanted())
    assert environment.ready()
    monkeypatch.setattr(environment, "_pip", lambda *a: pytest.fail("installed again"))
    environment.ensure()


def test_a_changed_requirement_is_noticed(tmp_path, monkeypatch):
    before = environment._wanted()
    for name in ("requirements.txt", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    assert environment._wanted() == before
    (tmp_path / "requirements.txt").write_text("torch==2.14.0\n")
    assert environment._wanted() != before


def test_a_step_that_fails_names_its_command_and_keeps_the_log(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(steps, "BUILD", tmp_path)
    code = "import sys; print('first'); print('the reason'); sys.exit(3)"
    with pytest.raises(Trouble) as trouble:
        steps.run(["python", "-c", code], log="probe", advice="Do this.")
    assert "the reason" in str(trouble.value)
    assert "Do this." in str(trouble.value)
    assert (tmp_path / "logs" / "probe.log").read_text() == "first\nthe reason\n"

    def action():
        raise trouble.value

    with pytest.raises(SystemExit):
        steps.Steps(2)("Probing", action, "make probe")
    assert "To repeat it alone: make probe" in capsys.readouterr().err


def test_the_summary_says_where_the_time_went(capsys):
    three = steps.Steps(2)
    three("One", lambda: "a remark", "make one")
    three("Another", lambda: None, "make another")
    three.summary()
    out = capsys.readouterr().out
    assert "[2/2] Another" in out
    assert "a remark" in out.split("Where the time went")[1]
    assert "total" in out


def test_a_missing_kernel_is_named(tmp_path):
    """As on a machine where ipykernel was installed for another Python."""
    pytest.importorskip("jupyter_client", reason="jupyter_client is not here")
    code = (
        "from jupyter_client.kernelspec import KernelSpecManager\n"
        "KernelSpecManager.ensure_native_kernel = False\n"
        "import jupyter_client.kernelspec as k\n"
        "def none(self, name):\n    raise k.NoSuchKernel(name)\n"
        "k.KernelSpecManager.get_kernel_spec = none\n"
        "from tools.book import check_kernel\n"
        "from tools.environment import Trouble\n"
        "try:\n    check_kernel()\nexcept Trouble as t:\n    print(t)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert "no Jupyter kernel called 'python3'" in done.stdout, done.stderr
    assert "make venv" in done.stdout


def test_requirements_are_pinned_and_say_why():
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            assert "==" in line, line
    locked = (ROOT / "constraints.txt").read_text().splitlines()
    assert all("==" in line for line in locked if line.strip())
    names = {line.split("==")[0].strip().lower() for line in locked if "==" in line}
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if "==" in line and not line.startswith("#"):
            name = line.split("==")[0].split("[")[0].strip().lower()  # an extra is its own line
            assert name in names, f"run `make lock`: {line}"


def test_no_file_holds_a_path_of_one_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    home = str(Path.home())
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in {".npz", ".png"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert str(ROOT) + os.sep not in text, name
        assert home == "/" or f"{home}/" not in text, name
