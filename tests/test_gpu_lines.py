"""What pages print of a GPU's results, from results that the benchmarks themselves make (small)."""

import copy
import json

import pytest
import torch

from benchmarks import decode, pretrain
from torchnotes import gpu, results

CPU = torch.device("cpu")
quiet = {"log": lambda *a: None}


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """A folder of results as of a GPU."""
    monkeypatch.setattr(results, "RESULTS", tmp_path)

    def put(name, found):
        here = results.environment("cpu") | {"device": "NVIDIA H200", "folder": "nvidia-h200"}
        (tmp_path / "nvidia-h200").mkdir(exist_ok=True)
        path = tmp_path / "nvidia-h200" / f"{name}.json"
        path.write_text(json.dumps({"environment": here, "results": found}))

    return put


@pytest.mark.parametrize("name", gpu.WHAT)
def test_without_results_they_are_outstanding(stored, capsys, name):
    gpu.show(name)
    said = capsys.readouterr().out
    assert "outstanding" in said and gpu.WHAT[name][1] in said
    assert not any(c.isdigit() for c in said), "no figure that nobody measured"


def test_results_of_the_cpu_are_not_a_gpus(stored, tmp_path, capsys):
    results.save("decode", {"rows": []}, "cpu")
    gpu.show("decode")
    assert "outstanding" in capsys.readouterr().out


def test_decoding_shows_the_fastest_way_and_withholds(stored, capsys):
    found = decode.run(decode.PRESETS["gpu-quick"], CPU, **quiet)
    slow = copy.deepcopy(found)
    for row in slow["rows"]:
        if "ms" in row:
            row["over_floor"] = 2.0
    rows = [r for r in slow["rows"] if r.get("fastest")]
    stored("decode", {**slow, **decode.summary(slow["rows"], slow["settings"])})
    gpu.show("decode")
    said = capsys.readouterr().out
    assert said.startswith("Measured on NVIDIA H200 on ")
    assert said.count(" x floor, ") == len(rows) > 0
    assert "withheld, the baseline takes 2.00 times its floor" in said
    assert "throughput" not in said
    for row in slow["rows"]:
        if "ms" in row:
            row["over_floor"] = 1.1
    stored("decode", {**slow, **decode.summary(slow["rows"], slow["settings"])})
    gpu.show("decode")
    assert "throughput" in capsys.readouterr().out


def test_training_shows_each_models_fastest_way(stored, capsys):
    found = pretrain.run(pretrain.PRESETS["quick"], CPU, **quiet)
    stored("pretrain", found)
    gpu.show("pretrain")
    said = capsys.readouterr().out
    lengths = {row["length"] for row in found["rows"] if "ms" in row}
    for size in found["sizes"]:
        lines = [line for line in said.splitlines() if line.split()[0] == size]
        assert len(lines) == 2 * len(lengths) + 1
        assert "RetNet is ahead" in lines[-1]
    assert "% of the matmul rate" in said


@pytest.mark.parametrize("name", ["retention", "optimizers", "train_lm"])
def test_the_stored_results_of_the_cpu_have_the_same_form(stored, capsys, monkeypatch, name):
    monkeypatch.undo()
    found = results.load(name, "cpu")["results"]
    lines = list(gpu.WHAT[name][0](found))
    if name == "train_lm":
        bits = found["runs"]["sizes"]["RetNet 64x2"]
        mean = sum(run["bits"] for run in bits.values()) / len(bits)
        assert any("RetNet 64x2" in line and f"{mean:.3f}" in line for line in lines)
    if name == "retention":
        case = found["cases"][0]
        assert len(lines) == len(case["exponents"])
    if name == "optimizers":
        assert len(lines) == sum(len(case["ways"]) for case in found)
        assert all("ms per step" in line for line in lines)


def test_parts_are_listed_with_their_state(stored, capsys):
    part = {"state": "unfinished", "seconds": 480.0, "date": "2026-11-21", "commit": None}
    stored("evidence", {"minutes": 8, "parts": {"decode-8": part}})
    gpu.show("evidence")
    said = capsys.readouterr().out
    assert "decode-8" in said and "unfinished" in said and "a copy without git" in said
