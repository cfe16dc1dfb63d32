"""One decoding step of RetNet and of two Transformers of its size, by context and by batch.

    python benchmarks/decode.py [--preset cpu|gpu] [--quick] [--graphs]

Whole models with random weights; caches and states are filled with random numbers, as if a
context of that length had been read. Beside each time stands its floor: the bytes of weights and
cache read, and of state read and written, at the bandwidth measured in the same run. All points
of a run take turns, so that drift hits all alike. --graphs replays the steps as CUDA graphs. The
preset cpu takes 2 minutes of one core.
"""

import argparse
import functools
from collections.abc import Callable, Iterator

import torch

from torchnotes import device, results
from torchnotes.costs import bandwidth, spread, take_turns, waiting
from torchnotes.retnet import FeedForward, RetNet, RetNetState
from torchnotes.transformer import Transformer

NAME = "decode"
RETNET, FULL, GROUPED = "RetNet", "Transformer", "Transformer, grouped queries"
MODELS = (RETNET, FULL, GROUPED)

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
        "context_batches": [1, 2, 4, 8, 16, 32, 64],
        "batches": [],
        "batch_contexts": [],
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
            for layer in self.cache:
                layer.keys.normal_()
                layer.values.normal_()

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


def graph_of(decoder: Decoder, context: int) -> Callable[[], object]:
    """Return a step as a CUDA graph, which is launched at once in place of its many kernels.

    The rotation's angles come from the CPU, which no graph may wait for: they are computed before.
    """
    block = decoder.model.blocks[0]
    layer = block.retention if decoder.name == RETNET else block.attention
    where = decoder.tokens.device
    turns = layer.turns(torch.arange(context, context + 1, device=where))
    state = getattr(decoder, "layers", None)
    layer.turns = lambda positions: turns
    try:
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):  # as torch's manual asks: warm up on another stream
            for _ in range(3):
                decoder.step(context)
        torch.cuda.current_stream().wait_stream(side)
        if state is not None:
            decoder.layers = state  # every replay starts from it
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            decoder.step(context)
    finally:
        del layer.turns  # the class's own again
        if state is not None:
            decoder.layers = state
    return graph.replay


def points(settings: dict) -> list[tuple[int, int]]:
    """Return all (batch, context) to measure, each once."""
    by_context = [(b, c) for b in settings["context_batches"] for c in settings["contexts"]]
    by_batch = [(b, c) for c in settings["batch_contexts"] for b in settings["batches"]]
    return list(dict.fromkeys(by_context + by_batch))


def groups(settings: dict) -> Iterator[tuple[list[str], list[tuple[int, int]]]]:
    """Yield (models, points) that are in memory together, and so take turns."""
    if settings["together"]:
        yield list(MODELS), points(settings)
        return
    for name in MODELS:
        for batch in sorted({b for b, _ in points(settings)}):
            yield [name], [p for p in points(settings) if p[0] == batch]


def measure(
    models: dict, chosen: list[tuple[int, int]], settings: dict, rate: float, graphs: bool
) -> list[dict]:
    """Time one step of each model at each point, in turns; return a row for each."""
    ways, rows = {}, {}
    for name, model in models.items():
        for batch in sorted({b for b, _ in chosen}):
            contexts = [c for b, c in chosen if b == batch]
            row = {"model": name, "batch": batch}
            try:
                decoder = Decoder(name, model, batch, max(contexts))
                for context in contexts:
                    step = functools.partial(decoder.step, context)
                    if graphs:
                        step = graph_of(decoder, context)
                    step()
                    key = f"{name} {batch} {context}"
                    ways[key] = step
                    moved = decoder.moved(context)
                    rows[key] = {
                        **row,
                        "context": context,
                        "weights": weight_bytes(model),
                        "remembered": decoder.remembered(context),
                        "moved": moved,
                        "floor_ms": 1e3 * moved / rate,
                    }
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
        ms, quartiles = spread(seconds)
        row = rows[key]
        row |= {
            "ms": ms,
            "quartiles": quartiles,
            "tokens_per_second": 1e3 * row["batch"] / ms,
            "over_floor": ms / row["floor_ms"],
        }
    return list(rows.values())


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
        ]
        if ms:
            flat[name] = max(ms) / min(ms)
    return flat


def run(settings: dict, where: torch.device, graphs: bool = False, log=print) -> dict:
    """Measure everything and return the results that are filed."""
    settings = {**settings, "device": where.type}
    torch.manual_seed(0)
    models: dict[str, torch.nn.Module] = {}
    rows, sizes, rate = [], {}, 0.0
    for wanted, chosen in groups(settings):
        for name in [n for n in models if n not in wanted]:
            del models[name]  # room for the next
        if where.type == "cuda":
            torch.cuda.empty_cache()
        for name in [n for n in wanted if n not in models]:
            models[name] = make_model(name, settings, where)
            parameters = sum(p.numel() for p in models[name].parameters())
            sizes[name] = {"parameters": parameters, "weights": weight_bytes(models[name])}
            log(f"{name}: {parameters:,} parameters")
        # of a buffer as large as the weights: it finds the same caches as they do
        rate = rate or bandwidth(where, sizes[wanted[0]]["weights"])
        found = measure(models, chosen, settings, rate, graphs)
        rows += found
        for row in found:
            place = f"{row['model']:29} batch {row['batch']:2}, context {row['context']:6}: "
            if "ms" in row:
                log(f"{place}{row['ms']:8.3f} ms, {row['over_floor']:5.2f} x floor")
            else:
                log(place + row["left_out"])
    flat = flatness(rows, settings)
    log(
        "longest / shortest median over contexts: " + str({k: round(v, 3) for k, v in flat.items()})
    )
    return {
        "settings": {**settings, "graphs": graphs},
        "bandwidth": rate,
        "models": sizes,
        "rows": rows,
        "flatness": flat,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", choices=PRESETS, default=None)
    parser.add_argument("--quick", action="store_true", help="tiny sizes; saves nothing")
    parser.add_argument("--graphs", action="store_true", help="replay CUDA graphs")
    arguments = parser.parse_args()
    where = device()
    preset = arguments.preset or ("gpu" if where.type == "cuda" else "cpu")
    preset = "quick" if arguments.quick else preset
    if where.type == "cpu":
        torch.set_num_threads(1)
    if arguments.graphs and where.type != "cuda":
        parser.error("--graphs needs a GPU")
    log = functools.partial(print, flush=True)
    found = run(PRESETS[preset], where, arguments.graphs, log)
    if not preset.startswith("quick"):
        print("wrote", results.save(NAME, found, where).relative_to(results.REPOSITORY))


if __name__ == "__main__":
    main()
