"""Decoding on a GPU: the fused steps, the Triton kernels, and what the benchmark files.

No test here needs a GPU. The kernels run in Triton's interpreter, which asks for
TRITON_INTERPRET=1 before triton is first imported, and so for a process of their own. Where there
is a GPU, they run on it as well.
"""

import functools
import importlib.util
import json
import os
import subprocess
import sys
import types

import pytest
import torch
import torch.nn.functional as F

from benchmarks import decode, decoding
from torchnotes import device, results, triton_step
from torchnotes.retention import paper_log_gamma, retention_step
from torchnotes.rotary import rotation, turn
from torchnotes.transformer import causal_attention

CPU = torch.device("cpu")
SETTINGS = {
    **decode.PRESETS["gpu-quick"],
    "d_model": 64,
    "retnet_heads": 2,  # d_k = 32
    "heads": 4,  # of 16
    "vocab_size": 32,
    "dtype": "float32",
    "contexts": [5, 21],
    "context_batches": [1, 2, 3],
}
INTERPRETED = os.environ.get("TRITON_INTERPRET") == "1" and not triton_step.missing(CPU)
ON_GPU = not INTERPRETED and device().type == "cuda" and not triton_step.missing("cuda")
WHERE = torch.device("cuda" if ON_GPU else "cpu")
kernels = pytest.mark.skipif(
    not (INTERPRETED or ON_GPU),
    reason="needs a GPU, or TRITON_INTERPRET=1 as test_the_kernels_in_the_interpreter sets it",
)
# the interpreter's product of matrices knows no bfloat16
HALF = torch.bfloat16 if ON_GPU else torch.float16
NEAR = {torch.float32: 5e-6, torch.float16: 1e-3, torch.bfloat16: 6e-3}


def quiet(*args):
    pass


@pytest.fixture(autouse=True)
def _nothing_compiled(one_thread):
    yield
    torch._dynamo.reset()


def both(name, way, compiler, where=CPU, context=21, batch=3):
    """The logits of two steps, of the model itself and of a way, and the states or caches after."""
    torch.manual_seed(0)
    model = decode.make_model(name, SETTINGS, where)
    decoder = decode.Decoder(name, model, batch, 30)
    decoder.refill()
    start = getattr(decoder, "layers", None)
    wanted = decode.twice(lambda: decoder.step(context)[:, 0])
    if start is not None:
        after, memory = decoder.layers, start
        decoder.layers = start
    else:
        memory = decoder.cache
        after = [x.clone() for layer in memory for x in (layer.keys, layer.values)]
    decoder.refill()
    step = decoding.engine(model, decoding.fuse(model), way, compiler)
    step = step.at(decoder.tokens[:, 0], memory, context)
    found = decode.twice(step)
    if start is None:
        memory = [x for layer in memory for x in (layer.keys, layer.values)]
    return found, wanted, memory, after


# --- the fused steps --------------------------------------------------------------------


@pytest.mark.parametrize("name", decode.MODELS)
@pytest.mark.parametrize("backend", [None, "aot_eager"])
def test_a_compiled_way_computes_what_the_model_does(name, backend):
    compiler = lambda f: f  # noqa: E731
    if backend:  # fullgraph: a break would raise
        compiler = functools.partial(decoding.COMPILED, backend=backend)
    found, wanted, memory, after = both(name, "compiled", compiler)
    assert decode.relative_error(found, wanted) < 1e-5
    for ours, theirs in zip(memory, after, strict=True):
        assert decode.relative_error(ours, theirs) < 1e-5


def test_no_context_compiles_again():
    for name in decode.MODELS:
        model = decode.make_model(name, SETTINGS, CPU)
        decoder = decode.Decoder(name, model, 2, 30)
        compiled = []

        def backend(graph, inputs, compiled=compiled):
            compiled.append(graph)
            return graph.forward

        compiler = functools.partial(decoding.COMPILED, backend=backend)
        engine = decoding.engine(model, decoding.fuse(model), "compiled", compiler)
        memory = decoder.layers if name == decode.RETNET else decoder.cache
        counts = []
        for context in (5, 21, 29):
            engine.at(decoder.tokens[:, 0], memory, context)()
            counts.append(len(compiled))
        # RetNet's layer, or the Transformer's halves; and the end: whatever the layers' number
        assert counts == [2 if name == decode.RETNET else 3] * 3
        torch._dynamo.reset()


def test_fusing_keeps_one_copy_of_the_weights():
    model = decode.make_model(decode.RETNET, SETTINGS, CPU)
    tokens = torch.zeros(1, 3, dtype=torch.long)
    before, weights = model(tokens), decode.weight_bytes(model)
    layers = decoding.fuse(model)
    torch.testing.assert_close(model(tokens), before, rtol=0, atol=0)
    assert decode.weight_bytes(model) == weights
    storages = {p.untyped_storage().data_ptr(): p.untyped_storage().nbytes()
                for p in model.parameters()}  # fmt: skip
    assert sum(storages.values()) == sum(p.nbytes for p in model.parameters())
    assert {layer.w_in.untyped_storage().data_ptr() for layer in layers} <= set(storages)


def test_a_retnet_of_another_design_has_no_fused_step():
    for options in ({"gate": False}, {"group_norm": False}, {"norm": "rms"}):
        with pytest.raises(ValueError, match="default norm and gate"):
            decoding.fuse(decoding.RetNet(16, 32, 1, 2, **options))


# --- the kernels ------------------------------------------------------------------------


def test_the_kernels_in_the_interpreter():
    if INTERPRETED or ON_GPU:
        return  # this is that process, or the GPU itself runs them
    if importlib.util.find_spec("triton") is None:
        reason = "the Triton kernels were not run: triton is not installed"
        print(reason)
        pytest.skip(reason)
    pytest_here = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    run = subprocess.run(
        [*pytest_here, "-k", "test_the_kernel or ways_of_triton"],
        env={**os.environ, "TRITON_INTERPRET": "1", "TORCHNOTES_DEVICE": "cpu"},
        cwd=results.REPOSITORY,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert " skipped" not in run.stdout.splitlines()[-1]


@pytest.mark.parametrize("too_large", [{(32, 128)}, {(32, 128), (16, 256)}])
def test_a_tiling_that_does_not_fit_is_passed_over(monkeypatch, too_large):
    class OutOfResources(Exception):
        pass

    def do_bench(launch, warmup, rep):
        if launch.args in too_large:
            raise OutOfResources("shared memory")
        return sum(launch.args)

    fake = types.SimpleNamespace(OutOfResources=OutOfResources)
    monkeypatch.setitem(sys.modules, "triton", fake)
    monkeypatch.setitem(sys.modules, "triton.testing", types.SimpleNamespace(do_bench=do_bench))
    monkeypatch.setattr(triton_step, "_FASTEST", {})
    monkeypatch.setattr(triton_step, "_interpreted", lambda: False)
    choices = [(32, 128), (16, 256)]
    if too_large == set(choices):
        with pytest.raises(OutOfResources):
            triton_step._fastest(("cuda",), choices, print)
    else:
        assert triton_step._fastest(("cuda",), choices, print) == (16, 256)


def test_without_triton_a_kernel_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "triton", None)
    triton_step._jit.cache_clear()
    S = torch.zeros(1, 2, 4, 8)
    q, v = torch.zeros(1, 2, 4), torch.zeros(1, 2, 8)
    with pytest.raises(RuntimeError, match="package triton"):
        triton_step.retention_step_(q, q, v, paper_log_gamma(2), S)
    assert "not installed" in triton_step.missing("cuda")


def test_a_state_in_half_precision_is_refused():
    q, v, S = torch.zeros(1, 2, 4), torch.zeros(1, 2, 8), torch.zeros(1, 2, 4, 8)
    with pytest.raises(ValueError, match="float32"):
        triton_step.retention_step_(q, q, v, paper_log_gamma(2), S.bfloat16())
    with pytest.raises(ValueError, match="log_gamma"):
        triton_step.retention_step_(q, q, v, paper_log_gamma(2).bfloat16(), S)


@kernels
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("turned", [True, False])
def test_the_kernel_of_retention(dtype, turned):
    torch.manual_seed(0)
    B, H, d_k, d_v = 3, 2, 16, 64
    log_gamma, state = paper_log_gamma(H).to(WHERE), torch.randn(B, H, d_k, d_v).to(WHERE)
    # rows as the fused product leaves them
    projected = torch.randn(B, H * (2 * d_k + 2 * d_v)).to(WHERE, dtype)
    q, k, v, gate = decoding.retnet_parts(projected, state)
    turns = rotation(torch.tensor([777], device=WHERE), d_k)
    wide = [x.double() for x in (q, k, v)]
    if not turned:
        wide[:2] = [turn(x, *(t.double() for t in turns)) for x in wide[:2]]
    o, after = retention_step(*wide, log_gamma.double(), state.double())
    found = triton_step.retention_step_(q, k, v, log_gamma, state, None if turned else turns)
    assert decode.relative_error(found, o) < NEAR[torch.float32]
    assert decode.relative_error(state, after) < NEAR[torch.float32]
    y = F.layer_norm(o, (d_v,), eps=1e-6).flatten(1) * F.silu(gate.double())
    assert decode.relative_error(triton_step.gate_step(found, gate), y) < NEAR[dtype]


@kernels
@pytest.mark.parametrize("dtype", [torch.float32, HALF])
@pytest.mark.parametrize("batch", [1, 3, 17, 64])
def test_the_kernel_of_products(batch, dtype):
    torch.manual_seed(0)
    x, weight = torch.randn(batch, 192) + 0.5, torch.randn(96, 192) / 14
    residual = torch.randn(batch, 96).to(WHERE)  # float32, as the residual stream
    x, weight = x.to(WHERE), weight.to(WHERE, dtype)
    wide = F.layer_norm(x.double(), (192,)) @ weight.double().T
    y = triton_step.linear_step(x, weight, decoding.row_sums(weight), gelu=True)
    assert decode.relative_error(y, F.gelu(wide)) < NEAR[dtype]
    y = triton_step.linear_step(x, weight, residual=residual)
    assert decode.relative_error(y, x.double() @ weight.double().T + residual) < NEAR[dtype]


@kernels
@pytest.mark.parametrize("dtype", [torch.float32, HALF])
@pytest.mark.parametrize(("H", "H_kv", "length"), [(4, 4, 300), (8, 2, 1000), (2, 1, 5)])
def test_the_kernels_of_attention(H, H_kv, length, dtype):
    torch.manual_seed(0)
    cache = torch.randn(2, 3, H_kv, length + 9, 32).to(WHERE, dtype)
    keys, values = cache[:, :, :, :length]
    heads = torch.randn(3, H + 2 * H_kv, 32).to(WHERE, dtype)
    turns = rotation(torch.tensor([777], device=WHERE), 32)
    q = triton_step.place_step(heads, turns, keys[:, :, -1], values[:, :, -1])
    qk = turn(heads[:, : H + H_kv].double(), *(t.double() for t in turns))
    assert decode.relative_error(torch.cat([q, keys[:, :, -1]], 1), qk) < NEAR[dtype]
    assert torch.equal(values[:, :, -1], heads[:, -H_kv:])
    wanted = causal_attention(q[:, :, None].double(), keys.double(), values.double())[:, :, 0]
    assert decode.relative_error(triton_step.attention_step(q, keys, values), wanted) < NEAR[dtype]


@kernels
@pytest.mark.parametrize("name", decode.MODELS)
@pytest.mark.parametrize("way", ["triton", "fused"])
def test_the_ways_of_triton_compute_what_the_model_does(name, way):
    found, wanted, memory, after = both(name, way, lambda f: f, WHERE)
    assert decode.relative_error(found, wanted) < 1e-5
    for ours, theirs in zip(memory, after, strict=True):
        assert decode.relative_error(ours, theirs) < 1e-5


def test_the_tilings_divide_the_matrix_and_fit_on_a_core():
    for rows in (16, 32, 64):
        for N, K in ((24576, 4096), (4096, 8192), (4096, 19456), (96, 48)):
            found = triton_step.tilings(rows, N, K, 4, 2)
            assert len(found) > 1
            for block_n, block_k, _, stages in found:
                assert N % block_n == 0 and K % block_k == 0
                assert (2 * block_n + 4 * rows) * block_k * stages <= 227 << 10


def test_stretches_cover_all_keys_and_fill_the_cores():
    for heads in (8, 32, 64, 512):
        for length in (1, 255, 2049, 8193, 100_000):
            chunk = triton_step.stretch_length(heads, length, 132)
            splits = -(-length // chunk)
            assert chunk % 64 == 0 and chunk >= 256 and splits <= 128
            assert chunk * (splits - 1) < length  # none is empty
    assert 32 * -(-8193 // triton_step.stretch_length(32, 8193, 132)) >= 4 * 132


# --- the benchmark ----------------------------------------------------------------------


@pytest.fixture
def _ways_on_the_cpu(monkeypatch):
    """Let ways that need a GPU run uncompiled and uncaptured, in float32."""
    monkeypatch.setattr(decoding, "COMPILED", lambda f: f)
    monkeypatch.setattr(decoding, "impossible", lambda way, where: "")
    monkeypatch.setattr(decoding, "release", lambda where: None)  # seconds, for no memory


ON_CPU = {**SETTINGS, "ways": ["graph", "compiled"], "device": "cpu"}


def test_on_the_cpu_the_ways_are_eager():
    for preset in decode.PRESETS.values():
        for name in decode.MODELS:
            assert decode.ways_of(name, preset, CPU) == ["eager"]
    found = decode.run({**SETTINGS, "context_batches": [1]}, CPU, quiet)
    assert {row["way"] for row in found["rows"]} == {"eager"}


@pytest.mark.usefixtures("_ways_on_the_cpu")
def test_each_way_is_filed_and_the_fastest_named():
    found = decode.run(ON_CPU, CPU, quiet, batches=[2])
    json.dumps(found, allow_nan=False)
    assert len(found["rows"]) == 3 * 2 * 2
    for row in found["rows"]:
        assert row["relative_error"] < 1e-5 and row["quartiles"][0] <= row["ms"]
        assert row["floor_ms"] == pytest.approx(1e3 * row["moved"] / row["bandwidth"])
        same = [r["ms"] for r in found["rows"] if decode.point_of(r) == decode.point_of(row)]
        assert row["fastest"] == (row["ms"] == min(same))
    assert {r["way"] for r in found["rows"]} == {"graph", "compiled"}
    assert set(found["flatness_by_batch"]) == set(decode.MODELS)
    assert [r["batch"] for r in found["ratios"]] == [2, "best"] * 2


@pytest.mark.usefixtures("_ways_on_the_cpu")
@pytest.mark.parametrize("wrong", ["off", "nan", "raises", "state"])
def test_a_wrong_way_is_not_timed(monkeypatch, wrong):
    real = decoding.retnet_layer

    def layer(x, pending, layer, state, *rest):
        if wrong == "raises":
            raise TypeError("no such kernel\nat all")
        kept = state.clone()
        x, pending = real(x, pending, layer, state, *rest)
        if wrong == "state":  # the first step's logits are right
            state.copy_(kept)
        return x, pending * {"off": 1.01, "nan": float("nan")}.get(wrong, 1)

    monkeypatch.setattr(decoding, "retnet_layer", layer)
    found = decode.run(ON_CPU, CPU, quiet, models=[decode.RETNET], batches=[1])
    json.dumps(found, allow_nan=False)
    ours = [row for row in found["rows"] if row["way"] == "compiled"]
    begins = "failed: TypeError: no such kernel" if wrong == "raises" else "wrong: "
    assert len(ours) == 2
    for row in ours:
        assert row["left_out"].startswith(begins) and "ms" not in row and "fastest" not in row
    assert all(row["fastest"] for row in found["rows"] if row["way"] == "graph")


@pytest.mark.parametrize("name", decode.MODELS)
def test_in_bfloat16_a_right_way_passes_and_one_that_mixes_nothing_does_not(monkeypatch, name):
    """At the depth of the real models, and with the dimensions of their heads."""
    sizes = {"d_model": 256, "retnet_heads": 1, "heads": 2, "kv_heads": 1, "vocab_size": 64}
    settings = {**decode.PRESETS["gpu"], **sizes}
    limit = decode.TOLERANCE[settings["dtype"]]
    torch.manual_seed(1)
    model, context = decode.make_model(name, settings, CPU), max(settings["contexts"])
    decoder = decode.Decoder(name, model, 1, context)
    layers = decoding.fuse(model)
    decoder.refill()
    state = getattr(decoder, "layers", None)
    wanted = decode.twice(lambda: decoder.step(context)[:, 0])
    if state is not None:
        decoder.layers = state

    def error():
        engine = decoding.engine(model, layers, "compiled", lambda f: f)
        return decode.prove("compiled", lambda way: engine, decoder, context, wanted, limit)[1]

    assert error()["relative_error"] < 0.02
    if name == decode.RETNET:
        mix = decoding.retnet_mix
        monkeypatch.setattr(decoding, "retnet_mix", lambda *rest: 0 * mix(*rest))
    else:
        monkeypatch.setattr(decoding, "attend", lambda q, k, v, backend: torch.zeros_like(q))
    assert error()["left_out"].startswith("wrong: ")


@pytest.mark.usefixtures("_ways_on_the_cpu")
def test_what_does_not_fit_says_what_would(monkeypatch):
    real, total = decode.Decoder, 1_000_000

    def small(name, model, batch, longest):
        if decode.needed_bytes(name, model, batch, longest) > total:
            raise torch.cuda.OutOfMemoryError("no room")
        return real(name, model, batch, longest)

    monkeypatch.setattr(decode, "Decoder", small)
    monkeypatch.setattr(decoding, "total_bytes", lambda where: total)
    settings = {**ON_CPU, "contexts": [5, 199], "context_batches": [2, 6]}
    found = decode.run(settings, CPU, quiet, models=[decode.FULL])
    left = {decode.row_key(r)[1:]: r for r in found["rows"] if "left_out" in r}
    assert set(left) == {("graph", 6, 199), ("compiled", 6, 199)}
    # float32: 12 layers d^2 and 2 V d weights; keys and values of 200 positions
    weights, sequence = 4 * (24 * 64**2 + 2 * 32 * 64), 4 * 2 * 2 * 64 * 200
    for row in left.values():
        assert row["left_out"] == "out of memory" and row["total"] == total
        assert row["memory_needed"] == weights + 6 * sequence
        assert row["fits"] == (total - weights) // sequence == 2
    assert all("ms" in r for r in found["rows"] if "left_out" not in r)


def test_the_bytes_of_a_sequence_are_those_that_are_allocated():
    for name in decode.MODELS:
        model = decode.make_model(name, SETTINGS, CPU)
        decoder = decode.Decoder(name, model, 3, 21)
        if name == decode.RETNET:
            allocated = sum(s.nbytes for s in decoder.layers)
        else:
            allocated = sum(layer.allocated_nbytes for layer in decoder.cache)
        assert decode.sequence_bytes(name, model, 21) * 3 == allocated
        weights = sum(p.nbytes for p in model.parameters())
        assert decode.needed_bytes(name, model, 3, 21) == weights + allocated


def test_on_one_h200_31_caches_of_all_heads_fit():
    with torch.device("meta"):
        model = decode.Transformer(32768, 4096, 1, 32).bfloat16()
    model.blocks = torch.nn.ModuleList([model.blocks[0]] * 32)  # one block's numbers, 32 times
    weights = 2 * (12 * 32 * 4096**2 + 2 * 32768 * 4096)
    sequence = decode.sequence_bytes(decode.FULL, model, 8191)
    assert sequence == 4 << 30  # half a MiB a token
    assert (143771 * 2**20 - weights) // sequence == 31


def row_of(model, batch, ms, over, way="fused", context=21, **more):
    times = {"ms": ms, "over_floor": over, "tokens_per_second": 1e3 * batch / ms}
    return {"model": model, "way": way, "batch": batch, "context": context, **times, **more}


def test_ratios_are_withheld_where_the_baseline_is_slow():
    rows = [
        row_of(decode.RETNET, 1, 2.0, 1.5, memory=10),
        row_of(decode.RETNET, 1, 1.0, 1.2, "triton", memory=20),
        row_of(decode.RETNET, 1, 0.1, 1.2, context=5),
        row_of(decode.RETNET, 8, 2.0, 1.2, memory=30),
        row_of(decode.FULL, 1, 9.0, 1.1, "cudnn", context=5),
        row_of(decode.FULL, 1, 4.0, 1.3, memory=50),
        row_of(decode.FULL, 8, 8.0, 1.31, memory=90),
        row_of(decode.GROUPED, 1, 3.0, 1.0),
        {"model": decode.GROUPED, "way": "fused", "batch": 8, "context": 21,
         "left_out": "out of memory"},
    ]  # fmt: skip
    decode.mark_fastest(rows)
    assert [r.get("fastest") for r in rows] == [False, *[True] * 7, None]
    found = {(r["baseline"], r["batch"]): r for r in decode.ratios(rows, SETTINGS)}
    one = found[decode.FULL, 1]
    assert one["withheld"] is None and (one["memory"], one["latency"]) == (2.5, 4.0)
    assert one["throughput"] == pytest.approx(4.0)
    eight = found[decode.FULL, 8]
    assert eight["memory"] is eight["latency"] is eight["throughput"] is None
    assert "1.31 times its floor" in eight["withheld"]
    assert found[decode.GROUPED, 8]["withheld"] == "the baseline: out of memory"
    assert found[decode.GROUPED, 1]["memory"] is None  # not counted
    # RetNet's best is its batch of 8, the full heads' likewise, and that one is slow
    assert found[decode.FULL, "best"]["batches"] == [8, 8]
    assert found[decode.FULL, "best"]["throughput"] is None
    best = found[decode.GROUPED, "best"]
    assert best["batches"] == [8, 1] and best["throughput"] == pytest.approx(12.0)
    assert decode.ratios(rows[4:], SETTINGS)[0]["withheld"] == "RetNet: not measured"


def test_flatness_is_of_the_fastest_ways_by_model_and_batch():
    rows = [
        row_of(decode.RETNET, 1, 1.00, 1, context=5),
        row_of(decode.RETNET, 1, 1.02, 1),
        row_of(decode.RETNET, 1, 5.00, 1, "graph"),
        row_of(decode.RETNET, 8, 3.00, 1, context=5),
        row_of(decode.RETNET, 8, 2.00, 1),
        row_of(decode.FULL, 8, 2.00, 1),
    ]
    decode.mark_fastest(rows)
    found = decode.flatness_by_batch(rows)
    assert found == {
        decode.RETNET: {"1": pytest.approx(1.02), "8": pytest.approx(1.5)},
        decode.FULL: {},
    }
    assert decode.flatness(rows, SETTINGS) == {decode.RETNET: pytest.approx(1.02)}


def test_a_part_measures_what_it_names():
    chosen = list(decode.groups(decode.PRESETS["gpu"], [decode.GROUPED], [64, 8]))
    contexts = (2048, 4096, 8192)
    assert chosen == [([decode.GROUPED], [(b, c) for c in contexts]) for b in (8, 64)]
    assert len(list(decode.groups(decode.PRESETS["gpu"]))) == 3 * 5


@pytest.mark.usefixtures("_ways_on_the_cpu")
def test_parts_merge_and_a_killed_one_keeps_what_it_finished(monkeypatch, tmp_path):
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    monkeypatch.setattr(results, "REPOSITORY", tmp_path)
    monkeypatch.setitem(decode.PRESETS, "gpu", {**SETTINGS, "ways": ["graph", "compiled"]})
    monkeypatch.setattr(decode, "device", lambda: CPU)

    def part(*arguments):
        monkeypatch.setattr(sys, "argv", ["decode.py", "--preset", "gpu", *arguments])
        decode.main()
        return results.load("decode")["results"]

    first = part("--models", decode.FULL, "--batches", "1", "2")
    assert len(first["rows"]) == 2 * 2 * 2 and list(first["models"]) == [decode.FULL]

    real = decode.measure_ways

    def killed(name, model, layers, batch, *rest):
        if batch == 3:
            raise KeyboardInterrupt
        return real(name, model, layers, batch, *rest)

    monkeypatch.setattr(decode, "measure_ways", killed)
    with pytest.raises(KeyboardInterrupt):
        part("--models", decode.RETNET, "--batches", "2", "3")
    both = results.load("decode")["results"]
    assert list(both["models"]) == [decode.RETNET, decode.FULL]
    assert [row for row in both["rows"] if row["model"] == decode.FULL] == first["rows"]
    assert {r["batch"] for r in both["rows"] if r["model"] == decode.RETNET} == {2}

    again = part("--models", decode.FULL, "--batches", "1")
    assert len(again["rows"]) == len(both["rows"])  # replaced, not added
    old = {decode.row_key(r): r.get("ms") for r in both["rows"]}
    new = {decode.row_key(r): r.get("ms") for r in again["rows"]}
    changed = {key for key in new if new[key] != old[key]}
    assert changed and all(key[0] == decode.FULL and key[2] == 1 for key in changed)

    monkeypatch.setitem(decode.PRESETS, "gpu", {**SETTINGS, "d_model": 128})
    with pytest.raises(ValueError, match="differ in d_model"):
        part()
    assert results.load("decode")["results"] == again


@pytest.mark.usefixtures("_ways_on_the_cpu")
def test_whoever_resumes_measures_what_this_commit_has_not(monkeypatch, tmp_path):
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    monkeypatch.setattr(results, "REPOSITORY", tmp_path)
    monkeypatch.setattr(decode, "device", lambda: CPU)
    settings = {**SETTINGS, "ways": ["graph", "compiled"]}
    monkeypatch.setitem(decode.PRESETS, "gpu", settings)
    measured, real = [], decode.measure_ways

    def measure_ways(name, model, layers, batch, *rest):
        measured.append((name, batch))
        return real(name, model, layers, batch, *rest)

    monkeypatch.setattr(decode, "measure_ways", measure_ways)

    def part(*arguments, commit="abc"):
        measured.clear()
        monkeypatch.setenv("TORCHNOTES_COMMIT", commit)
        monkeypatch.setattr(sys, "argv", ["decode.py", "--preset", "gpu", *arguments])
        decode.main()
        return list(measured)

    assert part("--models", decode.FULL, "--batches", "1") == [(decode.FULL, 1)]
    stored = results.load("decode")
    assert part("--models", decode.FULL, "--batches", "1", "--resume") == []
    assert results.load("decode") == stored
    both = ["--models", decode.FULL, decode.RETNET, "--batches", "1", "3"]
    missing = [(decode.RETNET, 1), (decode.RETNET, 3), (decode.FULL, 3)]
    assert part(*both, "--resume") == missing
    assert len(results.load("decode")["results"]["rows"]) == 4 * 2 * 2
    assert len(part(*both)) == 4, "who does not resume repeats"
    assert len(part(*both, "--resume", commit="abc+")) == 4, "nobody knows what has changed"
    assert len(part(*both, "--resume", commit="def")) == 4


def test_the_stored_results_of_the_cpu_can_still_be_merged_into():
    stored = results.load("decode", "cpu")["results"]
    new = {**stored, "rows": [{**stored["rows"][0], "way": "eager", "ms": 1.0}]}
    merged = decode.merge(stored, new)
    assert len(merged["rows"]) == len(stored["rows"]) and merged["rows"][0]["ms"] == 1.0
    assert list(merged["models"]) == list(decode.MODELS)
