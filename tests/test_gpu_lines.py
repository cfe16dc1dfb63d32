"""What pages print of a GPU's results, from results that the benchmarks themselves make (small)."""

import copy
import json

import pytest
import torch

from benchmarks import decode, pretrain
from tools import gpu_evidence
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
    table = [line.split() for line in said.split("way\n")[1].splitlines()]
    for row, words in zip(rows, table, strict=False):
        assert words[-6:] == [
            str(row["context"]),
            f"{row['ms']:.3f}",
            "2.00",
            f"{row['memory'] / 2**30:.1f}" if "memory" in row else "-",
            f"{row['tokens_per_second']:.1f}",
            row["way"],
        ]
    assert table[len(rows)][:3] == ["The", "model", "over"] and len(rows) > 0
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
    row = next(row for row in found["rows"] if row["way"] == "flash")
    share = f"{100 * row['share_of_matmul_rate']:.0f}"
    line = next(line for line in said.splitlines() if line.split()[1] == "Transformer")
    wanted = ["16", f"{row['tokens_per_second']:.0f}", share, f"{row['memory'] / 2**30:.1f}"]
    assert line.split()[2:] == [*wanted, "flash"]


def test_no_line_is_wider_than_a_page(stored, capsys):
    """With the figures of a GPU, and the longest names."""
    settings = decode.PRESETS["gpu"]
    rows = [
        {"model": name, "way": "compiled", "batch": batch, "context": context}
        | {"ms": 1234.5678, "over_floor": 12.345, "memory": 141 << 30, "floor_ms": 100.0}
        | {"tokens_per_second": 12345.6}
        for name in decode.MODELS
        for batch in (1, 64)
        for context in settings["contexts"]
    ]
    rows += [{"model": decode.FULL, "way": "graph", "batch": 32, "context": 8192}]
    rows[-1]["left_out"] = "out of memory"
    stored("decode", decode.summary(rows, settings))
    way = {
        "length": 32768,
        "model": "Transformer",
        "batch": 64,
        "way": "chunks_at_once 512, compiled",
    }
    way |= {"ms": 1.0, "tokens_per_second": 1234567.0, "share_of_matmul_rate": 0.5}
    own = {"fastest": {"Transformer": {"32768": way["way"]}}, "crossovers": {"RetNet": 12345.6}}
    rows = [{**way, "size": "1.3B", "memory": 141 << 30}]
    stored("pretrain", {"rows": rows, "sizes": {"1.3B": own}})
    part = {
        "state": "unfinished",
        "seconds": 480.0,
        "date": "2026-11-21",
        "commit": "0123456789ab+",
    }
    stored("evidence", {"parts": {each.name: part for each in gpu_evidence.parts()}})
    for name in ("decode", "pretrain", "evidence"):
        gpu.show(name)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3 * 10
    assert [line for line in lines if len(line) > 88] == []


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
