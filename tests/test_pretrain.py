"""benchmarks/pretrain.py: ways that are one model, flops right on paper, parts that add up."""

import functools
import json
import os
import subprocess
import sys
import weakref

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

import torchnotes.retention
from benchmarks import pretrain
from torchnotes import results

SCRIPT = results.REPOSITORY / "benchmarks" / "pretrain.py"
CPU = torch.device("cpu")


QUICK, HALF = pretrain.PRESETS["quick"], pretrain.PRESETS["quick-half"]
TINY = QUICK["sizes"]["tiny"]
RETNET_WAYS = ["chunks_at_once 8", "chunks_at_once 16", "chunkwise 8", "chunkwise 16"]


def quiet(*args):
    pass


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path, one_thread):
    """Results go to a folder of the test's own; the rate is not what is tested."""
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(pretrain, "matmul_rate", lambda where, dtype: 1e11)


def part(settings=QUICK, **chosen):
    """Measure a part as the script does: on top of what is filed, and file it."""
    rows = pretrain.stored_rows(settings, CPU)
    save = functools.partial(pretrain.file, where=CPU)
    return pretrain.run(settings, CPU, rows=rows, save=save, log=quiet, **chosen)


def by_way(found, length):
    return {row["way"]: row for row in found["rows"] if row["length"] == length}


# --- the whole ------------------------------------------------------------------------------------


def test_quick_runs_on_the_cpu_and_saves_nothing():
    folder = results.REPOSITORY / "benchmarks" / "results"
    stamps = {path: path.stat().st_mtime_ns for path in folder.glob("*/*.json")}
    run = subprocess.run(
        [sys.executable, str(SCRIPT), "--quick"],
        env={**os.environ, "TORCHNOTES_DEVICE": "cpu", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert "tokens/s" in run.stdout and "faster from" in run.stdout and "wrote" not in run.stdout
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*/*.json")} == stamps


@pytest.mark.parametrize("settings", [QUICK, HALF], ids=["quick", "quick-half"])
def test_the_layout(settings):
    found = pretrain.run(settings, CPU, log=quiet)
    json.dumps(found, allow_nan=False)
    keys = [pretrain.key(row) for row in found["rows"]]
    ways = ["flash", *RETNET_WAYS]
    assert keys == [("tiny", length, way) for length in (16, 32, 64) for way in ways]
    for row in found["rows"]:
        assert row["batch"] * row["length"] == settings["tokens"] and row["rounds"] >= 4
        low, high = row["quartiles"]
        assert 0 < low <= row["ms"] <= high and row["memory"] > 0
        assert row["tokens_per_second"] == pytest.approx(1e3 * 64 / row["ms"])
        assert row["floor_ms"] == pytest.approx(1e3 * row["flops"] / 1e11)
        assert row["over_floor"] * row["share_of_matmul_rate"] == pytest.approx(1)
        assert 0 <= row["nats_difference"] <= settings["nats_limit"]
        assert row["date"] and row["torch"] == torch.__version__
    at = found["sizes"]["tiny"]
    assert set(at["exponents"]) == {*ways, "RetNet", "Transformer"}
    assert set(at["crossovers"]) == {*RETNET_WAYS, "RetNet"}
    assert set(at["fastest"]["RetNet"]) == {"16", "32", "64"}


def test_both_models_of_a_size_have_the_parameters_that_its_name_says():
    settings = pretrain.PRESETS["gpu"]
    for name, size in settings["sizes"].items():
        d, layers, vocab = size["d_model"], size["num_layers"], settings["vocab_size"]
        counts, dtypes = set(), set()
        for way in ("flash", "chunks_at_once 512"):
            model = pretrain.make_model(way, size, settings, torch.device("meta"))
            counts.add(sum(p.numel() for p in model.parameters()))
            dtypes |= {p.dtype for p in model.parameters()}
        assert counts == {12 * layers * d**2 + 2 * vocab * d}
        assert float(name.removesuffix("B")) == pytest.approx(counts.pop() / 1e9, rel=0.04)
        assert dtypes == {torch.bfloat16 if name == "6.7B" else torch.float32}
        assert pretrain.parameters_in_products(size, settings) == 12 * layers * d**2 + vocab * d
        assert 0 <= size["checkpointed"] <= layers
    assert {pretrain.batch_of(settings, n) * n for n in settings["lengths"]} == {32768}


# --- the ways are one model -----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["flash", *RETNET_WAYS])
def test_every_way_has_the_loss_of_the_model_itself(way):
    trainer = pretrain.Trainer(way, TINY, QUICK, 32, CPU)
    inputs, targets = trainer.tokens[:, :-1], trainer.tokens[:, 1:]
    logits = trainer.model(inputs)  # RetNet: the parallel form
    expected = -logits.log_softmax(-1).gather(-1, targets[..., None]).flatten()
    for nats in (trainer.nats(way, 1), trainer.reference()):
        torch.testing.assert_close(nats, expected)


@pytest.mark.parametrize("way", ["flash", "chunks_at_once 8", "chunkwise 16"])
@pytest.mark.parametrize("settings", [QUICK, HALF], ids=["quick", "quick-half"])
def test_blocks_computed_again_have_the_same_loss_and_gradients(way, settings):
    def gradients(checkpointed, piece):
        stated = {**settings, "piece": piece}
        trainer = pretrain.Trainer(way, settings["sizes"]["tiny"], stated, 32, CPU)
        nats = trainer.nats(way, checkpointed)
        nats.mean().backward()
        return [nats.detach(), *(p.grad for p in trainer.model.parameters())]

    whole = gradients(0, 64)
    for again in (gradients(1, 64), gradients(2, 64)):
        assert all(torch.equal(a, b) for a, b in zip(whole, again, strict=True))
    pieces = gradients(2, 24)  # the last one shorter; what the head's weight gets adds up anew
    tolerance = 1e-5 if settings is QUICK else 2e-2
    for a, b in zip(whole, pieces, strict=True):
        assert (a - b).norm() <= tolerance * a.norm()


def test_a_block_computed_again_keeps_less():
    def saved(checkpointed):
        trainer = pretrain.Trainer("flash", TINY, QUICK, 64, CPU)
        return pretrain.saved_bytes(lambda: trainer.nats("flash", checkpointed))

    assert saved(0) > 1.5 * saved(1) > 1.5 * saved(2)


def test_a_step_trains():
    trainer = pretrain.Trainer("chunks_at_once 8", TINY, QUICK, 32, CPU)
    losses = [trainer.step().mean().item() for _ in range(30)]
    assert losses[-1] < losses[0] - 0.1
    assert all(p.grad is None for p in trainer.model.parameters())


def test_attention_takes_the_kernel_that_it_is_told_or_none():
    settings = {**QUICK, "kernels": ["cudnn", "flash"]}
    found = by_way(pretrain.run(settings, CPU, lengths=[16], log=quiet), 16)
    assert "ernel" in found["cudnn"]["left_out"] and "ms" not in found["cudnn"]
    assert "ms" in found["flash"]


# --- flops ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["flash", *RETNET_WAYS])
@pytest.mark.parametrize("length", [16, 64])
def test_the_flops_are_those_that_torch_counts(way, length):
    trainer = pretrain.Trainer(way, TINY, QUICK, length, CPU)
    kernel = "math" if way == "flash" else way  # torch does not count the CPU's fused one
    with FlopCounterMode(display=False) as counter, torch.no_grad(), trainer.restricted(kernel):
        trainer.nats(way, 0)
    counted = 3 * counter.get_total_flops()  # backward is twice forward
    d, layers, heads, d_k = 16, 2, 2, 8
    batch = 64 // length
    if way == "flash":  # the whole square, of which the fused kernel skips half
        counted -= 3 * batch * layers * 2 * length**2 * d
    if way.startswith("chunks_at_once"):  # the triangle, which the model does not need
        chunks = length // int(way.split()[1])
        counted -= 3 * batch * layers * 2 * heads * chunks**2 * d_k * 2 * d_k
    assert counted == pretrain.step_flops(way, TINY, QUICK, length)


def test_backward_takes_twice_the_flops_of_forward():
    trainer = pretrain.Trainer("chunkwise 8", TINY, QUICK, 64, CPU)
    with FlopCounterMode(display=False) as counter:
        trainer.nats("chunkwise 8", 0).mean().backward()
    logits = 2 * 64 * 32 * 16  # are computed again
    # no gradient goes into the first state, and none comes from the last one
    unused = 2 * 2 * 2 * (2 * 8 * 8 * 16) + 2 * 2 * (2 * 8 * 8 * 16)
    formula = pretrain.step_flops("chunkwise 8", TINY, QUICK, 64)
    assert abs(counter.get_total_flops() - logits - formula) <= unused


# --- what is not timed ----------------------------------------------------------------------------


def test_a_way_that_computes_something_else_is_not_timed(monkeypatch):
    """Its mean loss would not tell: it is that of random weights either way."""
    right = torchnotes.retention._states_before

    def forgets(added, log_gamma, state):
        return 0 * right(added, log_gamma, state)

    monkeypatch.setattr(torchnotes.retention, "_states_before", forgets)
    for settings in (QUICK, HALF):
        found = by_way(pretrain.run(settings, CPU, lengths=[64], log=quiet), 64)
        for way in ("chunks_at_once 8", "chunks_at_once 16"):
            assert found[way]["left_out"].startswith("wrong: ") and "ms" not in found[way]
        assert all("ms" in found[way] for way in ("flash", "chunkwise 8", "chunkwise 16"))


def test_differences_are_of_the_mean_and_by_token():
    reference = torch.tensor([1.0, 2.0, 3.0, 4.0])
    assert pretrain.differences(reference, reference) == (0, 0)
    mean, by_token = pretrain.differences(reference.flip(0), reference)
    assert mean == 0 and by_token == pytest.approx((20 / 4) ** 0.5 / (5 / 3) ** 0.5)
    mean, by_token = pretrain.differences(reference * 1.1, reference)
    assert mean == pytest.approx(0.1)
    trainer = pretrain.Trainer("chunkwise 8", TINY, QUICK, 16, CPU)
    with torch.no_grad():
        trainer.model.head.weight.fill_(float("nan"))
    with pytest.raises(pretrain.Differs, match="nan"):
        pretrain.compare(trainer)


@pytest.mark.parametrize("together", [True, False])
def test_out_of_memory_is_filed_and_the_rest_goes_on(monkeypatch, together):
    real = pretrain.Trainer.step

    def step(self):
        if self.name == "chunkwise 8" and self.tokens.shape[1] > 32:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 1 GiB")
        return real(self)

    monkeypatch.setattr(pretrain.Trainer, "step", step)
    settings = {**QUICK, "together": together}
    found = pretrain.run(settings, CPU, lengths=[16, 64], log=quiet)
    left = {pretrain.key(row): row["left_out"] for row in found["rows"] if "left_out" in row}
    assert left == {("tiny", 64, "chunkwise 8"): "out of memory"}
    assert all("ms" in row or "left_out" in row for row in found["rows"])


def test_what_does_not_fit_leaves_nothing_in_memory(monkeypatch):
    kept = []

    def step(self):
        kept.append(weakref.ref(self.model))
        raise torch.cuda.OutOfMemoryError("no room")

    monkeypatch.setattr(pretrain.Trainer, "step", step)
    pretrain.run({**QUICK, "together": False}, CPU, lengths=[16], log=quiet)
    assert len(kept) == 5 and all(model() is None for model in kept)


def test_a_mistake_in_the_script_is_no_result(monkeypatch):
    def step(self):
        raise TypeError("a bug")

    monkeypatch.setattr(pretrain.Trainer, "step", step)
    with pytest.raises(TypeError, match="a bug"):
        pretrain.run(QUICK, CPU, lengths=[16], log=quiet)


# --- compiled -------------------------------------------------------------------------------------


def test_what_does_not_compile_is_filed_with_its_first_line(monkeypatch):
    def compile(function, **options):
        raise FileNotFoundError("no compiler in /opt/some where/bin/g++\nand much more")

    monkeypatch.setattr(torch, "compile", compile)
    settings = {**QUICK, "compiled": True, "compiled_chunks": 4}
    found = by_way(pretrain.run(settings, CPU, lengths=[64], log=quiet), 64)
    assert len(found) == 10
    for way in ("flash", "chunks_at_once 8", "chunkwise 16"):
        assert "ms" in found[way]
        reason = found[way + ", compiled"]["left_out"]
        assert reason.startswith("FileNotFoundError: no compiler in ")
        assert "opt" not in reason and "much more" not in reason
    loop = found["chunkwise 8, compiled"]["left_out"]
    assert loop == "the compiler would unroll a loop of 8 chunks"


@pytest.mark.parametrize("way", ["flash", "chunks_at_once 8", "chunkwise 8"])
def test_a_graph_serves_all_blocks_and_computes_the_same(monkeypatch, way):
    """Without the slow last stage of the compiler, which makes machine code of the graph."""
    from torch._dynamo.testing import CompileCounterWithBackend

    backend = CompileCounterWithBackend("aot_eager")
    compile = functools.partial(torch.compile, backend=backend)
    monkeypatch.setattr(torch, "compile", compile)
    settings = {**HALF, "tokens": 48}  # two pieces of one size
    size = {**HALF["sizes"]["tiny"], "num_layers": 3, "checkpointed": 2}
    trainer = pretrain.Trainer(way + pretrain.COMPILED, size, settings, 24, CPU)
    try:
        found = pretrain.compare(trainer)
        trainer.step()
    finally:
        pretrain.free(CPU, compiled=True)
    assert found["nats_difference"] < settings["nats_limit"]
    assert backend.frame_count == 2  # one for the blocks, one for the pieces' loss


# --- parts ----------------------------------------------------------------------------------------


def test_parts_add_up_to_the_whole():
    part(lengths=[16], ways=["flash", "chunkwise 8"])
    part(lengths=[64], ways=["flash"])
    first = results.load("pretrain")["results"]
    assert [pretrain.key(row)[1:] for row in first["rows"]] == [
        (16, "flash"),
        (16, "chunkwise 8"),
        (64, "flash"),
    ]
    part(lengths=[16, 64], ways=["chunkwise 8"])
    found = results.load("pretrain")["results"]
    assert len(found["rows"]) == 4
    before, after = by_way(first, 16), by_way(found, 16)
    assert before["flash"] == after["flash"]
    assert before["chunkwise 8"]["ms"] != after["chunkwise 8"]["ms"]
    assert set(found["sizes"]["tiny"]["crossovers"]) == {"chunkwise 8", "RetNet"}


def test_who_is_killed_loses_one_way_only(monkeypatch):
    real = pretrain.Trainer.step

    def step(self):
        if self.name == "chunks_at_once 16":
            raise KeyboardInterrupt
        return real(self)

    monkeypatch.setattr(pretrain.Trainer, "step", step)
    with pytest.raises(KeyboardInterrupt):
        part({**QUICK, "together": False}, lengths=[16])
    ways = [row["way"] for row in results.load("pretrain")["results"]["rows"]]
    assert ways == ["flash", "chunks_at_once 8"]


def test_whoever_resumes_measures_what_this_commit_has_not(monkeypatch):
    apart = {**QUICK, "together": False}
    trained, real = [], pretrain.Trainer

    def trainer(name, size, settings, length, where):
        trained.append((length, name))
        return real(name, size, settings, length, where)

    monkeypatch.setattr(pretrain, "Trainer", trainer)

    def again(commit="abc", resume=True, **chosen):
        trained.clear()
        monkeypatch.setenv("TORCHNOTES_COMMIT", commit)
        part(apart, resume=resume, **chosen)
        return list(trained)

    wanted = {"lengths": [16, 32], "ways": ["flash", "chunkwise 8"]}
    assert again(lengths=[16], ways=["flash"]) == [(16, "flash")]
    before = by_way(results.load("pretrain")["results"], 16)["flash"]
    assert again(**wanted) == [(32, "flash"), (16, "chunkwise 8"), (32, "chunkwise 8")]
    assert by_way(results.load("pretrain")["results"], 16)["flash"] == before
    assert again(**wanted) == []
    assert len(again(**wanted, resume=False)) == 4, "who does not resume repeats"
    assert len(again("abc+", **wanted)) == 4, "nobody knows what has changed"


def test_no_cache_on_disk_serves_one_kernel_s_code_for_another(monkeypatch):
    """Its key leaves out the kernels that attention may use."""
    config = torch._functorch.config
    if not hasattr(config, "enable_autograd_cache"):
        pytest.skip("this torch has no such cache")
    monkeypatch.setattr(config, "enable_autograd_cache", True)
    pretrain.Trainer("flash, compiled", TINY, QUICK, 16, CPU)
    assert not config.enable_autograd_cache


def test_rows_of_other_settings_are_not_mixed_with_these():
    part(lengths=[16], ways=["flash"])
    with pytest.raises(ValueError, match=r"other settings \(vocab_size, tokens\)"):
        part({**QUICK, "vocab_size": 64, "tokens": 128}, lengths=[16], ways=["flash"])
    assert len(results.load("pretrain")["results"]["rows"]) == 1


def test_ways_are_chosen_by_patterns():
    settings = pretrain.PRESETS["gpu"]
    every = pretrain.selected(None, settings)
    assert len(every) == 12 and len(set(every)) == 12
    eager = pretrain.selected(["flash", "cudnn", "*[0-9]"], settings)
    compiled = pretrain.selected(["*compiled"], settings)
    assert eager + compiled == every
    assert compiled == [way + ", compiled" for way in eager]
    with pytest.raises(ValueError, match="'flesh' fits none"):
        pretrain.selected(["flash", "flesh"], settings)


@pytest.mark.parametrize("arguments", [["--sizes", "1.4B"], ["--ways", "flesh"]])
def test_the_command_line_refuses_what_is_not_there(monkeypatch, capsys, arguments):
    monkeypatch.setenv("TORCHNOTES_DEVICE", "cpu")
    monkeypatch.setattr(sys, "argv", ["pretrain.py", "--quick", *arguments])
    with pytest.raises(SystemExit) as refused:
        pretrain.main()
    assert refused.value.code == 2 and arguments[1] in capsys.readouterr().err


# --- what follows from the rows -------------------------------------------------------------------


def test_exponents_and_crossovers_of_times_that_are_known():
    def row(length, way, ms_per_sequence):
        batch = 65536 // length
        return {
            "length": length,
            "way": way,
            "model": pretrain.model_of(way),
            "batch": batch,
            "ms": batch * ms_per_sequence,
        }

    rows = []
    for n in (4096, 8192, 16384, 32768, 65536):
        rows += [
            row(n, "flash", 2e-6 * n**2),
            row(n, "cudnn", 1e-6 * n**2),
            row(n, "chunkwise 256", 2e-2 * n),  # as fast as cudnn at 20000
            row(n, "chunks_at_once 256, compiled", 1e-2 * n),  # at 10000
            {"length": n, "way": "chunkwise 512", "model": "RetNet", "left_out": "out of memory"},
        ]
    found = pretrain.summary(rows)
    assert found["exponents"]["cudnn"] == pytest.approx(2)
    assert found["exponents"]["Transformer"] == pytest.approx(2)
    assert found["exponents"]["chunkwise 256"] == pytest.approx(1)
    assert found["crossovers"]["chunkwise 256"] == pytest.approx(20000)
    assert found["crossovers"]["RetNet"] == pytest.approx(10000)
    assert "chunkwise 512" not in found["crossovers"]
    assert set(found["fastest"]["Transformer"].values()) == {"cudnn"}
    assert found["fastest"]["RetNet"]["8192"] == "chunks_at_once 256, compiled"
    alone = pretrain.summary([r for r in rows if r["model"] == "RetNet"])
    assert alone["crossovers"] == {} and "Transformer" not in alone["exponents"]
