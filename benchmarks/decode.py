"""One decoding step of RetNet and of two Transformers of its size, by context and by batch.

    python benchmarks/decode.py [--preset cpu|gpu] [--quick]
    python benchmarks/decode.py --preset gpu --models RetNet --batches 1 8 [--ways triton fused]
        [--resume]

Whole models with random weights; caches and states are filled with random numbers, as if a
context of that length had been read. Beside each time stands its floor: the bytes of weights and
cache read, and of state read and written, at the bandwidth measured in the same run. All points
of a run take turns, so that drift hits all alike. The preset cpu takes 2 minutes of one core.

On a GPU a step is run in several ways (``benchmarks/decoding.py``), which take turns; each is
compared with the model's own step first, and one that differs is not timed. --models, --batches
and --ways choose a part of the preset gpu, whose rows replace those of the same model, way, batch
and context in the results; a file is written after every batch. --resume leaves alone a batch
whose rows this commit and this torch have measured.
"""

import argparse
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator

import torch

from torchnotes import device, results
from torchnotes.costs import bandwidth, spread, take_turns, waiting
from torchnotes.retnet import FeedForward, RetNet, RetNetState
from torchnotes.transformer import Transformer

try:
    from benchmarks import decoding  # as python -m benchmarks.decode
except ModuleNotFoundError:
    import decoding  # as python benchmarks/decode.py

NAME = "decode"
RETNET, FULL, GROUPED = "RetNet", "Transformer", "Transformer, grouped queries"
MODELS = (RETNET, FULL, GROUPED)
NEAR = 1.3  # times its floor: a slower baseline makes no ratio
# of the logits, to the model's own step: in bfloat16 two right ways of 32 layers differ by 0.017
TOLERANCE = {"bfloat16": 3e-2, "float32": 1e-4}
# times a normal number are the cache's keys: with 1 the softmax is nearly flat, and attention that
# returned nothing would change the logits less than bfloat16 does
KEYS = 2.5
# what two parts of one file must share
SIZE = ("d_model", "num_layers", "retnet_heads", "heads", "kv_heads", "vocab_size", "dtype")

PRESETS: dict[str, dict] = {
    "cpu": {
        "d_model": 512,
        "num_layers": 4,
        "retnet_heads": 4,  # d_k = 128
        "heads": 8,  # of 64
        "kv_heads": 2,
        "vocab_size": 256,
        "dtype": "float32",
        "contexts": [1024, 2048, 4096, 8192, 16384],
        "context_batches": [1],
        "batches": [1, 2, 4, 8, 16],
        "batch_contexts": [2048],
        "rounds": 60,
        "together": True,  # all models and points take turns
    },
    "gpu": {
        "d_model": 4096,
        "num_layers": 32,
        "retnet_heads": 16,  # d_k = 256
        "heads": 32,  # of 128
        "kv_heads": 8,
        "vocab_size": 32768,
        "dtype": "bfloat16",
        "contexts": [2048, 4096, 8192],
        "context_batches": [1, 8, 16, 32, 64],
        "batches": [],
        "batch_contexts": [],
        "ways": ["graph", "compiled", "cudnn", "triton", "fused"],
        "rounds": 20,
        "together": False,  # one model and one batch at a time: memory
    },
    "quick": {
        "d_model": 32,
        "num_layers": 2,
        "retnet_heads": 2,
        "heads": 4,
        "kv_heads": 2,
        "vocab_size": 16,
        "dtype": "float32",
        "contexts": [16, 32],
        "context_batches": [1],
        "batches": [1, 2],
        "batch_contexts": [16],
        "rounds": 3,
        "together": True,
    },
}
PRESETS["quick-apart"] = {**PRESETS["quick"], "context_batches": [1, 2], "together": False}
PRESETS["gpu-quick"] = {  # proves a device: seconds, but for compiling; saves nothing
    **PRESETS["gpu"],
    "d_model": 256,
    "num_layers": 2,
    "retnet_heads": 4,  # d_k = 64
    "heads": 4,
    "kv_heads": 2,
    "vocab_size": 512,
    "contexts": [64, 512],
    "context_batches": [1, 8],
    "rounds": 3,
}


def make_model(name: str, settings: dict, where: torch.device) -> torch.nn.Module:
    """Return a model in evaluation mode: 12 L d_model^2 parameters in the blocks, all three.

    What grouped queries save in W_K and W_V goes to the feed-forward network.
    """
    d, layers, vocab_size = settings["d_model"], settings["num_layers"], settings["vocab_size"]
    before = torch.get_default_dtype()
    torch.set_default_dtype(getattr(torch, settings["dtype"]))  # 6.7B would not fit twice
    try:
        with where:
            if name == RETNET:
                model = RetNet(vocab_size, d, layers, settings["retnet_heads"])
            else:
                kv_heads = settings["kv_heads"] if name == GROUPED else settings["heads"]
                model = Transformer(vocab_size, d, layers, settings["heads"], kv_heads)
                saved = d - d * kv_heads // settings["heads"]  # columns of W_K and of W_V
                for block in model.blocks if saved else []:
                    block.feed_forward = FeedForward(d, 4 * d + saved)
    finally:
        torch.set_default_dtype(before)
    return model.to(where).eval().requires_grad_(False)


def weight_bytes(model: torch.nn.Module) -> int:
    """Return the bytes of weights that a step reads: all but the table of embeddings."""
    table = model.embedding.weight
    return sum(p.nbytes for p in model.parameters()) - table.nbytes


class Decoder:
    """A model at one batch size, with what it remembers: a step at any of the contexts."""

    def __init__(self, name: str, model, batch: int, longest: int) -> None:
        self.name, self.model, self.batch = name, model, batch
        where = model.embedding.weight.device
        self.tokens = torch.zeros(batch, 1, dtype=torch.long, device=where)
        if name == RETNET:
            with torch.no_grad():  # the state's shape and type are the model's to choose
                _, state = model(self.tokens, "recurrent", return_state=True)
            self.layers = tuple(torch.randn_like(s) for s in state.layers)
        else:
            self.cache = model.new_cache(batch, longest + 1)
            self.refill()

    @torch.no_grad()
    def step(self, context: int) -> torch.Tensor:
        """Return the logits (B, 1, V) of the token after so many positions."""
        if self.name == RETNET:
            before = RetNetState(self.layers, context)
            logits, after = self.model(self.tokens, "recurrent", before, return_state=True)
            self.layers = after.layers
            return logits
        for layer in self.cache:
            layer.length = context
        return self.model(self.tokens, self.cache)

    def refill(self) -> None:
        """Fill state or cache in place, with the same random numbers each time."""
        torch.manual_seed(0)
        if self.name == RETNET:
            tensors = self.layers
        else:
            tensors = [x for layer in self.cache for x in (layer.keys, layer.values)]
        for tensor in tensors:
            tensor.normal_()
        for layer in self.cache if self.name != RETNET else []:
            layer.keys.mul_(KEYS)

    def remembered(self, context: int) -> int:
        """Return the bytes of the state, or of the cache up to the context."""
        if self.name == RETNET:
            return sum(s.nbytes for s in self.layers)
        for layer in self.cache:
            layer.length = context
        return sum(layer.nbytes for layer in self.cache)

    def moved(self, context: int) -> int:
        """Return the bytes that a step must read or write: the state is both."""
        both = 2 if self.name == RETNET else 1
        return weight_bytes(self.model) + both * self.remembered(context)


def own_step(decoder: Decoder, context: int) -> decoding.Step:
    """Return the model's own step, always from the present state.

    The rotation's angles come from the CPU, which no graph may wait for: they are computed before.
    """
    block = decoder.model.blocks[0]
    layer = block.retention if decoder.name == RETNET else block.attention
    where = decoder.tokens.device
    turns = layer.turns(torch.arange(context, context + 1, device=where))
    state = getattr(decoder, "layers", None)

    def step() -> torch.Tensor:
        layer.turns = lambda positions: turns
        try:
            return decoder.step(context)[:, 0]
        finally:
            del layer.turns  # the class's own again
            if state is not None:
                decoder.layers = state

    return step


def points(settings: dict) -> list[tuple[int, int]]:
    """Return all (batch, context) to measure, each once."""
    by_context = [(b, c) for b in settings["context_batches"] for c in settings["contexts"]]
    by_batch = [(b, c) for c in settings["batch_contexts"] for b in settings["batches"]]
    return list(dict.fromkeys(by_context + by_batch))


def groups(
    settings: dict, models: Iterable[str] = MODELS, batches: Iterable[int] | None = None
) -> Iterator[tuple[list[str], list[tuple[int, int]]]]:
    """Yield (models, points) of a part that are in memory together, and so take turns."""
    names = [name for name in MODELS if name in models]
    chosen = [p for p in points(settings) if batches is None or p[0] in batches]
    if settings["together"]:
        yield names, chosen
        return
    for name in names:
        for batch in sorted({b for b, _ in chosen}):
            yield [name], [p for p in chosen if p[0] == batch]


def ways_of(name: str, settings: dict, where: torch.device) -> list[str]:
    """Return the ways in which a model's step is run on the device; ["eager"] on the CPU."""
    known = decoding.WAYS["RetNet" if name == RETNET else "Transformer"] + decoding.OPTIONAL
    wanted = [way for way in settings.get("ways", []) if way in known]
    return [way for way in wanted if not decoding.impossible(way, where)] or ["eager"]


def measure(
    models: dict, chosen: list[tuple[int, int]], settings: dict, rate: float, graphs: bool
) -> list[dict]:
    """Time one step of each model at each point, in turns; return a row for each."""
    ways, rows = {}, {}
    for name, model in models.items():
        for batch in sorted({b for b, _ in chosen}):
            contexts = [c for b, c in chosen if b == batch]
            row = {"model": name, "way": "graph" if graphs else "eager", "batch": batch}
            try:
                decoder = Decoder(name, model, batch, max(contexts))
                for context in contexts:
                    step = functools.partial(decoder.step, context)
                    if graphs:
                        own = own_step(decoder, context)
                        step = decoding.capture(own, torch.device(settings["device"]))
                    step()
                    key = f"{name} {batch} {context}"
                    ways[key] = step
                    rows[key] = {**row, "context": context, **bytes_of(decoder, context, rate)}
            except torch.cuda.OutOfMemoryError:
                decoder = step = None
                for context in contexts:
                    ways.pop(f"{name} {batch} {context}", None)
                    rows[f"{name} {batch} {context}"] = {
                        **row,
                        "context": context,
                        "left_out": "out of memory",
                    }
                torch.cuda.empty_cache()
    wait = waiting(torch.device(settings["device"]))
    times = take_turns(ways, settings["rounds"], lead=1, wait=wait) if ways else {}
    for key, seconds in times.items():
        rows[key] |= times_of(rows[key], seconds)
    return list(rows.values())


def bytes_of(decoder: Decoder, context: int, rate: float) -> dict:
    """Return what a row says of the bytes that a step moves, and their floor."""
    moved = decoder.moved(context)
    return {
        "weights": weight_bytes(decoder.model),
        "remembered": decoder.remembered(context),
        "moved": moved,
        "floor_ms": 1e3 * moved / rate,
    }


def times_of(row: dict, seconds: list[float]) -> dict:
    """Return what a row says of its times."""
    ms, quartiles = spread(seconds)
    return {
        "ms": ms,
        "quartiles": quartiles,
        "tokens_per_second": 1e3 * row["batch"] / ms,
        "over_floor": ms / row["floor_ms"],
    }


# --- the ways of a GPU ------------------------------------------------------------------


def sequence_bytes(name: str, model: torch.nn.Module, context: int) -> int:
    """Return the bytes that a step after so many positions keeps of each sequence."""
    if name == RETNET:
        retention = model.blocks[0].retention
        d_k = retention.w_q.out_features // retention.num_heads
        d_v = retention.w_v.out_features // retention.num_heads
        return 4 * len(model.blocks) * retention.num_heads * d_k * d_v  # float32
    attention = model.blocks[0].attention
    per_position = 2 * attention.num_kv_heads * attention.d_head
    itemsize = attention.qkv.weight.element_size()
    return len(model.blocks) * per_position * itemsize * (context + 1)


def needed_bytes(name: str, model: torch.nn.Module, batch: int, context: int) -> int:
    """Return the least that a step needs: all weights, and the state or the cache."""
    weights = sum(p.nbytes for p in model.parameters())
    return weights + batch * sequence_bytes(name, model, context)


def fitting_batch(name: str, model: torch.nn.Module, context: int, total: int) -> int:
    """Return the largest batch whose weights and caches a memory of ``total`` bytes holds."""
    free = total - needed_bytes(name, model, 0, context)
    return max(0, free // sequence_bytes(name, model, context))


def out_of_memory(row: dict, model: torch.nn.Module, where: torch.device) -> dict:
    """Return what stands in the row of a point that does not fit."""
    found = {"left_out": "out of memory"}
    if total := decoding.total_bytes(where):
        fits = fitting_batch(row["model"], model, row["context"], total)
        found |= {"total": total, "fits": fits}
    needed = needed_bytes(row["model"], model, row["batch"], row["context"])
    return {**row, **found, "memory_needed": needed}


def relative_error(found: torch.Tensor, wanted: torch.Tensor) -> float:
    """Return |found - wanted| / |wanted|, in float32."""
    return ((found.float() - wanted.float()).norm() / wanted.float().norm()).item()


def twice(step: Callable[[], torch.Tensor]) -> torch.Tensor:
    """Return the logits of two steps: the second reads the state that the first has written."""
    return torch.cat([step().clone() for _ in range(2)])


def prove(
    way: str, engine, decoder: Decoder, context: int, reference: torch.Tensor, limit: float
) -> tuple[decoding.Step | None, dict]:
    """Return a way's step and what its row says; None in place of a step that must not be timed."""
    where = decoder.tokens.device
    if way == "graph":  # the reference itself
        step, error = own_step(decoder, context), 0.0
    else:
        memory = decoder.layers if decoder.name == RETNET else decoder.cache
        step = engine(way).at(decoder.tokens[:, 0], memory, context)
        decoder.refill()
        error = relative_error(twice(step), reference)
        if not error < limit:  # a NaN is wrong, too
            text = f"{error:.2g}" if error == error else "not a number"
            return None, {"left_out": f"wrong: its logits' relative error is {text}"}
    found = {"relative_error": error}
    if peak := decoding.peak_bytes(step, where):
        found["memory"] = peak
    return step, found


def measure_ways(
    name: str, model, layers, batch: int, contexts: list[int], settings: dict, rate: float
) -> list[dict]:
    """Prove and time all ways of one model at one batch size; return a row for each point."""
    where = model.embedding.weight.device
    ways = ways_of(name, settings, where)
    torch._dynamo.reset()  # shapes are new, and what was compiled for others counts as a retry
    engine = functools.cache(lambda way: decoding.engine(model, layers, way))
    # contexts share the state; a cache for each, so that memory is that of the context
    together = [contexts] if name == RETNET else [[context] for context in contexts]
    rows = []
    for chosen in together:
        base = {
            (way, context): {"model": name, "way": way, "batch": batch, "context": context}
            for context, way in itertools.product(chosen, ways)
        }
        try:
            found = _measure_chosen(base, model, engine, settings, rate)
        except torch.cuda.OutOfMemoryError:
            found = [out_of_memory(row, model, where) for row in base.values()]
        decoding.release(where)
        rows += found
    return [{**row, "bandwidth": rate} for row in rows]  # parts differ in it


def _measure_chosen(base: dict, model, engine, settings: dict, rate: float) -> list[dict]:
    """Return the rows of points that share a state, or that are one context's."""
    name, batch = (next(iter(base.values()))[key] for key in ("model", "batch"))
    where = model.embedding.weight.device
    decoder = Decoder(name, model, batch, max(context for _, context in base))
    rows, steps, references = {}, {}, {}
    for (way, context), row in base.items():
        if context not in references:
            decoder.refill()
            state = getattr(decoder, "layers", None)
            references[context] = twice(lambda at=context: decoder.step(at)[:, 0])
            if state is not None:
                decoder.layers = state  # which an eager step leaves as it was
        rows[way, context] = row | bytes_of(decoder, context, rate)
        rows[way, context]["memory_needed"] = needed_bytes(name, model, batch, context)
        limit = TOLERANCE[settings["dtype"]]
        try:
            step, found = prove(way, engine, decoder, context, references[context], limit)
            rows[way, context] |= found
            if step is not None:
                steps[way, context] = decoding.capture(step, where)
        except torch.cuda.OutOfMemoryError:
            rows[way, context] = out_of_memory(row, model, where)
        except Exception as error:  # one way's failure is a result: the others are measured
            reason = (str(error).splitlines() or [""])[0][:200]
            rows[way, context] = {**row, "left_out": f"failed: {type(error).__name__}: {reason}"}
        step = None
        decoding.release(where)
    wait = waiting(where)
    times = take_turns(steps, settings["rounds"], lead=1, wait=wait) if steps else {}
    for key, seconds in times.items():
        rows[key] |= times_of(rows[key], seconds)
    return list(rows.values())


# --- what the rows say ------------------------------------------------------------------


def point_of(row: dict) -> tuple[str, int, int]:
    """Return a row's (model, batch, context)."""
    return row["model"], row["batch"], row["context"]


def mark_fastest(rows: list[dict]) -> None:
    """Let every timed row say whether it is the fastest way of its point."""
    best: dict[tuple, float] = {}
    for row in rows:
        if "ms" in row:
            best[point_of(row)] = min(row["ms"], best.get(point_of(row), row["ms"]))
    for row in rows:
        if "ms" in row:
            row["fastest"] = row["ms"] == best[point_of(row)]


def flatness_by_batch(rows: list[dict]) -> dict[str, dict[str, float]]:
    """Return max / min over contexts of the fastest ways' medians, by model and batch."""
    timed: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        if row.get("fastest"):
            by_batch = timed.setdefault(row["model"], {})
            by_batch.setdefault(str(row["batch"]), []).append(row["ms"])
    return {
        name: {batch: max(ms) / min(ms) for batch, ms in by_batch.items() if len(ms) > 1}
        for name, by_batch in timed.items()
    }


def ratios(rows: list[dict], settings: dict) -> list[dict]:
    """Return, for each baseline and batch, its figures over RetNet's at the longest context.

    ``memory`` and ``latency`` are the baseline's over RetNet's, ``throughput`` RetNet's over the
    baseline's: above 1, RetNet is better. ``batch`` "best" compares the highest throughputs at any
    batch. All are None, and ``withheld`` says why, where the baseline is not timed or its fastest
    way takes more than ``NEAR`` times its floor.
    """
    context = max(settings["contexts"])
    at: dict[tuple[str, int], dict] = {}
    for row in rows:
        key = row["model"], row["batch"]
        if row["context"] == context and (row.get("fastest") or key not in at):
            at[key] = row
    found = []
    for baseline in (FULL, GROUPED):
        for batch in sorted({b for name, b in at if name in (RETNET, baseline)}):
            pair = at.get((RETNET, batch)), at.get((baseline, batch))
            found.append({"baseline": baseline, "batch": batch} | compared(*pair))
        best = [
            max(
                (r for (n, _), r in at.items() if n == name and "ms" in r),
                key=lambda r: r["tokens_per_second"],
                default=None,
            )
            for name in (RETNET, baseline)
        ]
        ratio = compared(*best)
        row = {"baseline": baseline, "batch": "best", "batches": [r and r["batch"] for r in best]}
        found.append(row | {k: ratio[k] for k in ("throughput", "withheld")})
    return [{"context": context, **row} for row in found]


def compared(ours: dict | None, theirs: dict | None) -> dict:
    """Return the ratios of two rows, and why they are withheld, or None."""
    nothing = {"memory": None, "throughput": None, "latency": None}
    for who, row in (("RetNet", ours), ("the baseline", theirs)):
        if row is None or "ms" not in row:
            why = "not measured" if row is None else row["left_out"]
            return {**nothing, "withheld": f"{who}: {why}"}
    if theirs["over_floor"] > NEAR:
        above = f"the baseline takes {theirs['over_floor']:.2f} times its floor"
        return {**nothing, "withheld": f"{above}, more than {NEAR}"}
    memory = None
    if "memory" in ours and "memory" in theirs:
        memory = theirs["memory"] / ours["memory"]
    return {
        "memory": memory,
        "throughput": ours["tokens_per_second"] / theirs["tokens_per_second"],
        "latency": theirs["ms"] / ours["ms"],
        "withheld": None,
    }


def flatness(rows: list[dict], settings: dict) -> dict[str, float]:
    """Return max / min of a model's medians over the contexts, at the first batch size."""
    flat = {}
    for name in MODELS:
        ms = [
            row["ms"]
            for row in rows
            if row["model"] == name
            and row["batch"] == settings["context_batches"][0]
            and row["context"] in settings["contexts"]
            and "ms" in row
            and row.get("fastest", True)
        ]
        if ms:
            flat[name] = max(ms) / min(ms)
    return flat


def summary(rows: list[dict], settings: dict) -> dict:
    """Return the rows, the fastest way of each point marked, and what they say together."""
    mark_fastest(rows)
    found = {"rows": rows, "flatness": flatness(rows, settings)}
    if "ways" in settings:
        found["flatness_by_batch"] = flatness_by_batch(rows)
        found["ratios"] = ratios(rows, settings)
    return found


def row_key(row: dict) -> tuple:
    """Return what a row is replaced by: (model, way, batch, context)."""
    return row["model"], row.get("way", "eager"), row["batch"], row["context"]


def merge(old: dict | None, new: dict) -> dict:
    """Return the stored results with a part's rows in place of those of the same key.

    Raises:
        ValueError: the stored results are of models of another size.
    """
    if old is None:
        return new
    stored, settings = old["settings"], new["settings"]
    differ = [key for key in SIZE if stored[key] != settings[key]]
    if differ:
        raise ValueError(f"the stored results differ in {', '.join(differ)}: move them away first")
    rows = {row_key(row): row for row in old["rows"] + new["rows"]}  # the later one stays
    rank = [*itertools.chain(*decoding.WAYS.values()), *decoding.OPTIONAL, "eager"]
    ordered = sorted(
        rows.values(),
        key=lambda r: (MODELS.index(r["model"]), *row_key(r)[2:], rank.index(row_key(r)[1])),
    )
    models = old["models"] | new["models"]
    models = {name: models[name] for name in MODELS if name in models}
    ways = dict.fromkeys(stored.get("ways", []) + settings.get("ways", []))
    settings = {**settings, "ways": list(ways)}
    return {**new, "settings": settings, "models": models, **summary(ordered, settings)}


def stored_results(where: torch.device) -> dict | None:
    """Return what is stored of this device, or None."""
    folder = results.environment(where)["folder"]
    return results.load(NAME, folder)["results"] if folder in results.stored(NAME) else None


def run(
    settings: dict,
    where: torch.device,
    log: Callable = print,
    *,
    models: Iterable[str] = MODELS,
    batches: Iterable[int] | None = None,
    done: Iterable[dict] = (),
    keep: Callable[[dict], object] = lambda found: None,
) -> dict:
    """Measure a part, by default everything, and return the results that are filed.

    Args:
        done: rows that need not be measured again, if they are of this commit and this torch.
        keep: called with all results so far after each group of points.
    """
    settings = {**settings, "device": where.type}
    torch.manual_seed(0)
    stamp = results.stamp(where)
    before = {row_key(row) for row in done if results.is_current(row, stamp)}
    there: dict[str, torch.nn.Module] = {}
    rows, sizes, rate, layers, found = [], {}, 0.0, None, {}
    for wanted, chosen in groups(settings, models, batches):
        ways = ways_of(wanted[0], settings, where)
        keys = {(name, way, *point) for name in wanted for way in ways for point in chosen}
        if keys <= before:
            log(f"{', '.join(wanted)}, batch {chosen[0][0]}: measured before")
            continue
        for name in [n for n in there if n not in wanted]:
            model = layers = None
            del there[name]  # room for the next
            decoding.release(where)
        for name in [n for n in wanted if n not in there]:
            there[name] = make_model(name, settings, where)
            parameters = sum(p.numel() for p in there[name].parameters())
            sizes[name] = {"parameters": parameters, "weights": weight_bytes(there[name])}
            log(f"{name}: {parameters:,} parameters")
        # of a buffer as large as the weights: it finds the same caches as they do
        rate = rate or bandwidth(where, sizes[wanted[0]]["weights"])
        decoding.release(where)
        if ways == ["eager"]:
            # launches would hide everything else in sizes as small as these
            graphs = where.type == "cuda"
            measured = measure(there, chosen, settings, rate, graphs)
        else:
            model, batch = there[wanted[0]], chosen[0][0]
            layers = layers or decoding.fuse(model)
            contexts = [context for _, context in chosen]
            measured = measure_ways(wanted[0], model, layers, batch, contexts, settings, rate)
            measured = [row | stamp for row in measured]
        rows += measured
        for row in measured:
            log(line(row))
        found = {"settings": settings, "bandwidth": rate, "models": dict(sizes)}
        found |= summary(rows, settings)
        keep(found)
    if not found:
        return found
    flat = {name: round(ratio, 3) for name, ratio in found["flatness"].items()}
    log(f"longest / shortest median over contexts: {flat}")
    return found


def line(row: dict) -> str:
    """Return one line that says what was measured."""
    name = f"{row['model']}, {row['way']}"
    place = f"{name:39} batch {row['batch']:2}, context {row['context']:6}: "
    if "ms" not in row:
        return place + row["left_out"]
    memory = f", {row['memory'] / 2**30:6.2f} GiB" if "memory" in row else ""
    return f"{place}{row['ms']:8.3f} ms, {row['over_floor']:5.2f} x floor{memory}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", choices=PRESETS, default=None)
    parser.add_argument("--quick", action="store_true", help="tiny sizes; saves nothing")
    parser.add_argument("--models", nargs="+", choices=MODELS, default=MODELS)
    parser.add_argument("--batches", nargs="+", type=int, default=None)
    known = dict.fromkeys((*itertools.chain(*decoding.WAYS.values()), *decoding.OPTIONAL))
    parser.add_argument("--ways", nargs="+", choices=list(known), default=None)
    parser.add_argument("--resume", action="store_true", help="leave what this commit has measured")
    arguments = parser.parse_args()
    where = device()
    preset = arguments.preset or ("gpu" if where.type == "cuda" else "cpu")
    preset = "quick" if arguments.quick else preset
    settings = PRESETS[preset]
    if where.type == "cpu":
        torch.set_num_threads(1)
    if arguments.ways:
        if where.type != "cuda" or settings["together"]:
            parser.error("--ways needs a GPU and the preset gpu or gpu-quick")
        settings = {**settings, "ways": arguments.ways}
    sizes = sorted({batch for batch, _ in points(settings)})
    if strange := set(arguments.batches or []) - set(sizes):
        parser.error(f"--batches {sorted(strange)}: the preset {preset} has {sizes}")
    whole = arguments.batches is None and set(arguments.models) == set(MODELS)
    if settings["together"] and not whole:
        parser.error(f"the points of the preset {preset} take turns: it has no parts")
    log = functools.partial(print, flush=True)
    saves = "quick" not in preset

    def keep(found: dict) -> None:
        if saves:
            old = None if settings["together"] else stored_results(where)
            path = results.save(NAME, merge(old, found), where)
            log("wrote", path.relative_to(results.REPOSITORY))

    done = []
    if saves and not settings["together"] and (old := stored_results(where)):
        merge(old, {"settings": settings, "rows": [], "models": {}})  # or say now that it cannot
        done = old["rows"] if arguments.resume else []
    part = {"models": arguments.models, "batches": arguments.batches, "done": done}
    run(settings, where, log, keep=keep, **part)


if __name__ == "__main__":
    main()
