"""torchnotes.results: what is filed with a measurement, and that a file is whole or not there."""

import datetime
import json
import os
import sys

import pytest
import torch

from torchnotes import results
from torchnotes.results import caption, environment, load, save, stored


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """File into a folder of the test's own."""
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results")
    return tmp_path / "results"


def pretend(monkeypatch, name):
    """Make this a machine with a GPU of that name."""
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: name)


def test_what_was_saved_is_loaded():
    path = save("speed", {"ms": [1.5, None], "n": 3}, "cpu")
    assert path == results.RESULTS / "cpu" / "speed.json"
    assert load("speed")["results"] == {"ms": [1.5, None], "n": 3}
    assert load("speed") == load("speed", "cpu")


def test_the_environment_names_what_a_figure_depends_on():
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(1)
        where = environment("cpu")
    finally:
        torch.set_num_threads(before)
    assert where["folder"] == "cpu" and where["threads"] == 1 and where["device"]
    assert where["versions"]["torch"] == torch.__version__
    assert where["versions"]["python"] == sys.version.split()[0]
    today = datetime.datetime.now(datetime.timezone.utc).date()
    assert abs(datetime.date.fromisoformat(where["date"]) - today) <= datetime.timedelta(days=1)


@pytest.mark.parametrize(
    "name, slug",
    [("NVIDIA H200", "nvidia-h200"), ("NVIDIA A100-SXM4-80GB (MIG)", "nvidia-a100-sxm4-80gb-mig")],
)
def test_a_gpu_gets_a_folder_of_its_own(monkeypatch, name, slug):
    pretend(monkeypatch, name)
    where = environment("cuda")
    assert (where["device"], where["folder"]) == (name, slug)
    assert "cuda" in where["versions"]


@pytest.mark.parametrize("script", ["benchmarks/speed.py", "-m benchmarks.speed"])
def test_the_command_runs_anywhere_and_holds_no_folder_of_this_machine(monkeypatch, script):
    given = [str(results.REPOSITORY / script)] if script[0] != "-" else script.split()
    typed = [sys.executable, *given, "--quick", os.path.abspath("/some/where/out.txt")]
    monkeypatch.setattr(sys, "orig_argv", typed)
    assert environment("cpu")["command"] == f"python {script} --quick out.txt"


@pytest.mark.parametrize(
    "row, now, current",
    [
        (("abc", "2.4"), ("abc", "2.4"), True),
        (("abc", "2.4"), ("abc", "2.5"), False),
        (("abc", "2.4"), ("abd", "2.4"), False),
        (("abc+", "2.4"), ("abc+", "2.4"), False),  # changed since then, perhaps
        ((None, "2.4"), (None, "2.4"), False),
    ],
)
def test_a_row_is_current_if_the_same_code_measured_it(row, now, current):
    keys = ("commit", "torch")
    found = results.is_current(dict(zip(keys, row, strict=True)), dict(zip(keys, now, strict=True)))
    assert found is current


def test_a_stamp_is_of_the_environment(monkeypatch):
    monkeypatch.setenv("TORCHNOTES_COMMIT", "abc")
    where = environment("cpu")
    wanted = {"date": where["date"], "commit": "abc", "torch": torch.__version__}
    assert results.stamp("cpu") == wanted
    assert not results.is_current({"ms": 1.0}, wanted), "a row from before rows had stamps"


def test_the_cpu_comes_first_and_the_device_can_be_chosen(monkeypatch):
    pretend(monkeypatch, "A GPU")
    save("speed", "gpu's", "cuda")
    assert load("speed")["results"] == "gpu's"
    save("speed", "cpu's", "cpu")
    assert stored("speed") == ["cpu", "a-gpu"] and stored("other") == []
    assert load("speed")["results"] == "cpu's"
    assert load("speed", "a-gpu")["results"] == "gpu's"


def test_what_is_missing_is_told_from_what_is_there():
    with pytest.raises(FileNotFoundError, match=r"benchmarks/speed.py .*There are: none"):
        load("speed")
    save("memory", 1, "cpu")
    with pytest.raises(FileNotFoundError, match=r"'memory' on a-gpu.*There are: cpu/memory\."):
        load("memory", "a-gpu")


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), torch.ones(1), {1, 2}])
def test_results_that_json_cannot_hold_leave_the_old_file(bad, folder):
    save("speed", "old", "cpu")
    with pytest.raises((TypeError, ValueError)):
        save("speed", {"ms": bad}, "cpu")
    assert load("speed")["results"] == "old"
    assert [path.name for path in (folder / "cpu").iterdir()] == ["speed.json"]


def test_a_file_that_could_not_be_finished_leaves_the_old_one(monkeypatch, folder):
    save("speed", "old", "cpu")

    def full(*args):
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        save("speed", "new", "cpu")
    assert load("speed")["results"] == "old"
    assert [path.name for path in (folder / "cpu").iterdir()] == ["speed.json"]


@pytest.mark.parametrize("name", ["../speed", "a/b", "", "Speed", ".speed"])
def test_a_name_cannot_leave_the_folder(name):
    with pytest.raises(ValueError, match="small letters"):
        save(name, 1, "cpu")
    with pytest.raises(ValueError, match="small letters"):
        load(name)


def test_the_caption_is_one_line_that_says_where_when_and_with_what():
    where = {
        "device": "Some CPU",
        "folder": "cpu",
        "date": "2026-01-31",
        "versions": {"torch": "9.9+cpu"},
        "threads": 1,
    }
    line = "Measured on Some CPU (1 thread) on 2026-01-31 with torch 9.9"
    assert caption({"environment": where}) == line
    assert "(2 threads)" in caption({"environment": where | {"threads": 2}})
    on_gpu = caption({"environment": where | {"folder": "a-gpu", "device": "A GPU"}})
    assert on_gpu.startswith("Measured on A GPU on 2026") and "thread" not in on_gpu


def test_the_results_in_the_repository_can_be_read(monkeypatch):
    monkeypatch.undo()
    for path in sorted(results.RESULTS.glob("*/*.json")):
        loaded = load(path.stem, path.parent.name)
        assert loaded["environment"]["folder"] == path.parent.name
        assert caption(loaded).startswith("Measured on ")
        assert (results.REPOSITORY / "benchmarks" / f"{path.stem}.py").is_file()
        assert str(results.REPOSITORY) not in json.dumps(loaded)
