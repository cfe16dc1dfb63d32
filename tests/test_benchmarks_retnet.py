"""benchmarks/retention.py and decode.py: --quick runs, the layout, and floors right on paper."""

import json
import os
import subprocess
import sys

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks import decode, retention
from torchnotes import results

BENCHMARKS = results.REPOSITORY / "benchmarks"
CPU = torch.device("cpu")


def quiet(*args):
    pass


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("name", ["retention", "decode"])
def test_quick_runs_on_the_cpu_and_saves_nothing(name):
    before = set(results.RESULTS.glob("*/*.json"))
    stamps = {path: path.stat().st_mtime_ns for path in before}
    run = subprocess.run(
        [sys.executable, str(BENCHMARKS / f"{name}.py"), "--quick"],
        env={**os.environ, "TORCHNOTES_DEVICE": "cpu", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert "x floor" in run.stdout and "wrote" not in run.stdout
    assert {path: path.stat().st_mtime_ns for path in results.RESULTS.glob("*/*.json")} == stamps


# --- training -------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["quick", "quick-block"])
def test_the_layout_of_training(preset):
    settings = retention.PRESETS[preset]
    found = retention.run(settings, CPU, log=quiet)
    json.dumps(found, allow_nan=False)
    assert found["rates"]["matmul"] > 0 and found["settings"]["memory_is"] == "saved for backward"
    (case,) = found["cases"]
    assert [row["length"] for row in case["rows"]] == settings["lengths"]
    assert set(case["exponents"]) == set(retention.names(settings))
    assert set(case["crossovers"]) == set(retention.names(settings)) - {"attention"}
    for row in case["rows"]:
        assert row["batch"] * row["length"] == settings["tokens"] and row["rounds"] >= 5
        for name, way in row["ways"].items():
            if row["length"] > settings["longest"].get(name, row["length"]):
                assert "only" in way["left_out"] and "ms" not in way
                continue
            low, high = way["quartiles"]
            assert 0 < low <= way["ms"] <= high and way["memory"] > 0
            assert way["floor_ms"] == pytest.approx(
                1e3
                * max(
                    way["flops"] / found["rates"]["matmul"],
                    way["bytes"] / found["rates"]["bandwidth"],
                )
            )
            assert way["over_floor"] == pytest.approx(way["ms"] / way["floor_ms"])


def test_the_ways_are_what_their_names_say():
    settings = retention.PRESETS["quick"]
    out = {
        name: retention.mixing(name, settings, 16, 2, 32, CPU)()[0]
        for name in retention.names(settings)
    }
    for name in ("recurrent", "chunkwise 8", "chunkwise 16"):
        torch.testing.assert_close(out[name], out["parallel"])
    assert out["attention"].shape == (2, 2, 32, 8)  # as wide as d_model
    assert out["parallel"].shape == (2, 2, 32, 16)


@pytest.mark.parametrize("name", ["parallel", "chunkwise 8", "chunkwise 64"])
@pytest.mark.parametrize("what", ["mixing", "block"])
def test_the_flops_are_those_that_torch_counts(name, what):
    settings = {**retention.PRESETS["quick"], "what": what, "dtype": "bfloat16"}
    if what == "mixing":
        settings["dtype"] = "float32"
    make = {"mixing": retention.mixing, "block": retention.block}[what]
    forward = make(name, settings, 16, 1, 32, CPU)
    with FlopCounterMode(display=False) as counter:
        forward()
    assert counter.get_total_flops() == retention.forward_flops(name, settings, 16, 32)


def test_attention_needs_half_of_two_full_products():
    settings = retention.PRESETS["quick"]
    _, (q, k, v) = retention.mixing("attention", settings, 16, 1, 32, CPU)()
    with FlopCounterMode(display=False) as counter:
        (q @ k.mT).softmax(-1) @ v
    half = counter.get_total_flops() / 2
    assert retention.forward_flops("attention", settings, 16, 32) == half


def test_the_bytes_of_training_are_inputs_outputs_and_gradients():
    settings = retention.PRESETS["quick"]
    for name in ("parallel", "attention"):
        out, inputs = retention.mixing(name, settings, 16, 2, 32, CPU)()
        nbytes = out.nbytes + sum(x.nbytes for x in inputs)
        assert retention.least_bytes(name, settings, 16, 2, 32) == 2 * nbytes


def test_exponents_and_crossovers_of_times_that_are_known():
    def row(n):  # batches differ: what counts is a sequence's share
        batch = 4096 // n
        ways = {
            "attention": {"ms": batch * 1e-6 * n**2},
            "chunkwise 8": {"ms": batch * 1e-3 * n},
            "recurrent": {"ms": batch * 1e-1 * n} if n <= 1024 else {"left_out": "too long"},
        }
        return {"length": n, "batch": batch, "ways": ways}

    found = retention.summary([row(n) for n in (256, 512, 1024, 2048, 4096)])
    assert found["exponents"] == pytest.approx(
        {"attention": 2, "chunkwise 8": 1, "recurrent": 1}, abs=1e-9
    )
    assert found["crossovers"]["chunkwise 8"] == pytest.approx(1000)
    assert found["crossovers"]["recurrent"] is None


# --- decoding -------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["quick", "quick-apart"])
def test_the_layout_of_decoding(preset):
    settings = decode.PRESETS[preset]
    found = decode.run(settings, CPU, log=quiet)
    json.dumps(found, allow_nan=False)
    assert set(found["models"]) == set(decode.MODELS) == set(found["flatness"])
    there = [(row["model"], row["batch"], row["context"]) for row in found["rows"]]
    wanted = [(name, *point) for name in decode.MODELS for point in decode.points(settings)]
    assert sorted(there) == sorted(wanted) and len(set(there)) == len(there)
    for row in found["rows"]:
        assert row["quartiles"][0] <= row["ms"] <= row["quartiles"][1]
        assert row["tokens_per_second"] == pytest.approx(1e3 * row["batch"] / row["ms"])
        assert row["floor_ms"] == pytest.approx(1e3 * row["moved"] / found["bandwidth"])


def test_the_models_are_of_one_size():
    for preset in ("quick", "cpu"):
        settings = decode.PRESETS[preset]
        models = {name: decode.make_model(name, settings, CPU) for name in decode.MODELS}
        sizes = {sum(p.numel() for p in model.parameters()) for model in models.values()}
        d, layers, vocab = settings["d_model"], settings["num_layers"], settings["vocab_size"]
        assert sizes == {12 * layers * d**2 + 2 * vocab * d}
        weights = 4 * (12 * layers * d**2 + vocab * d)
        assert {decode.weight_bytes(model) for model in models.values()} == {weights}


def test_the_bytes_of_decoding_are_those_of_the_formulas():
    settings = decode.PRESETS["quick"]
    d, layers = settings["d_model"], settings["num_layers"]
    models = {name: decode.make_model(name, settings, CPU) for name in decode.MODELS}
    decoders = {name: decode.Decoder(name, models[name], 3, 32) for name in models}
    cache = 4 * 3 * 2 * layers * d * 20  # float32, batch 3, 20 positions
    state = 4 * 3 * 2 * layers * d * (d // settings["retnet_heads"])
    assert decoders[decode.FULL].remembered(20) == cache
    assert decoders[decode.GROUPED].remembered(20) == cache // 2  # 2 of 4 heads
    assert decoders[decode.RETNET].remembered(20) == decoders[decode.RETNET].remembered(7) == state
    weights = decode.weight_bytes(models[decode.FULL])
    assert decoders[decode.FULL].moved(20) == weights + cache
    assert decoders[decode.RETNET].moved(20) == weights + 2 * state  # read and written


def test_a_step_sees_the_context_and_leaves_it_in_place():
    settings = decode.PRESETS["quick"]
    torch.manual_seed(0)
    model = decode.make_model(decode.FULL, settings, CPU)
    decoder = decode.Decoder(decode.FULL, model, 1, 32)
    first, longer = decoder.step(16), decoder.step(32)
    assert not torch.allclose(first, longer)
    assert [layer.length for layer in decoder.cache] == [33] * settings["num_layers"]
    torch.testing.assert_close(decoder.step(16), first)


def test_what_does_not_fit_says_so(monkeypatch):
    settings = {**decode.PRESETS["quick"], "device": "cpu"}
    real = decode.Decoder

    def small(name, model, batch, longest):
        if batch > 1 and name == decode.FULL:
            raise torch.cuda.OutOfMemoryError("no room")
        return real(name, model, batch, longest)

    monkeypatch.setattr(decode, "Decoder", small)
    models = {name: decode.make_model(name, settings, CPU) for name in decode.MODELS}
    rows = decode.measure(models, decode.points(settings), settings, 1e9, graphs=False)
    left = [(row["model"], row["batch"]) for row in rows if "left_out" in row]
    assert left == [(decode.FULL, 2)] and len(rows) == 9
    assert all("ms" in row for row in rows if "left_out" not in row)


def test_flatness_is_longest_over_shortest():
    settings = decode.PRESETS["quick"]
    rows = [
        {"model": decode.RETNET, "batch": 1, "context": 16, "ms": 2.0},
        {"model": decode.RETNET, "batch": 1, "context": 32, "ms": 2.1},
        {"model": decode.RETNET, "batch": 2, "context": 16, "ms": 9.0},
        {"model": decode.FULL, "batch": 1, "context": 32, "left_out": "out of memory"},
    ]
    assert decode.flatness(rows, settings) == {decode.RETNET: pytest.approx(1.05)}
