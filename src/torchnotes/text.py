"""Language models of characters: batches, training, evaluation, and what to beat.

A model is anything that maps tokens (B, T) to logits (B, T, V): those at position t are
for the token at t + 1. ``torchnotes.data`` has the text and its vocabulary.
"""

import bz2
import lzma
import math
import os
from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.data import CharVocab, Sliceable, train_val_split

CHECK_EVERY = 50  # steps between looks at the loss: each look waits for a GPU


def train_val_test_split(
    sequence: Sliceable, fraction: float = 0.1
) -> tuple[Sliceable, Sliceable, Sliceable]:
    """Cut a text, or tokens (T, ...), into three pieces: the test part is the last.

    Args:
        sequence: a text or a tensor; a tensor's parts are views of it.
        fraction: of the whole, for the validation part and again for the test part.

    Raises:
        ValueError: one of the parts would be empty.
    """
    rest, test = train_val_split(sequence, fraction)
    train, val = train_val_split(rest, len(test) / len(rest))  # as long as test
    return train, val, test


def batches(
    tokens: Tensor, batch_size: int, length: int, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield, without end, windows from anywhere in a text: inputs and targets.

    Args:
        tokens: (N,) int64, on any device; the windows stay there.
        batch_size: B.
        length: T; the targets are the inputs one position later.
        generator: on the CPU, so that every device sees the same windows.

    Raises:
        ValueError: the text is not longer than a window.
    """
    if len(tokens) <= length:
        raise ValueError(f"windows of {length} + 1 tokens from a text of {len(tokens)}")
    window = torch.arange(length + 1, device=tokens.device)
    while True:
        start = torch.randint(len(tokens) - length, (batch_size,), generator=generator)
        rows = tokens[start.to(tokens.device)[:, None] + window]  # (B, T + 1)
        yield rows[:, :-1], rows[:, 1:]


@torch.no_grad()
def bits_per_char(
    model: nn.Module,
    tokens: Tensor,
    *,
    length: int,
    batch_size: int = 32,
) -> float:
    """Return a model's mean -log2 p(character | those before it in its window).

    The windows are consecutive, and every character but the text's first is predicted
    exactly once. At a window's start there is little to predict from, so longer windows
    help a model that can use them: compare models at one length.

    Args:
        model: maps (B, T) int64 to logits (B, T, V); back in its own mode afterwards.
        tokens: (N,) int64, N >= 2, on the model's device.
        length: T, what a window feeds to the model; the last one may be shorter.
        batch_size: windows at a time.
    """
    inputs, targets = tokens[:-1], tokens[1:]  # (N - 1,)
    whole = len(inputs) // length * length
    pairs = list(
        zip(
            inputs[:whole].view(-1, length).split(batch_size),
            targets[:whole].view(-1, length).split(batch_size),
            strict=True,
        )
    )
    if whole < len(inputs):
        pairs.append((inputs[None, whole:], targets[None, whole:]))
    was_training = model.training
    model.eval()
    try:
        sums = (next_token_nats(model, x, y).cpu().double().sum() for x, y in pairs)
        nats = float(sum(sums))
    finally:
        model.train(was_training)
    return nats / (len(inputs) * math.log(2))


@torch.no_grad()
def bits_by_position(
    model: nn.Module, tokens: Tensor, *, length: int, batch_size: int = 32
) -> Tensor:
    """Return the mean -log2 p at each position of a window, (length,) on the CPU.

    It falls for as long as further context helps. Windows as in ``bits_per_char``, whole
    ones only.

    Raises:
        ValueError: the text is not longer than a window.
    """
    count = (len(tokens) - 1) // length
    if count == 0:
        raise ValueError(f"windows of {length} + 1 tokens from a text of {len(tokens)}")
    inputs = tokens[: count * length].view(count, length).split(batch_size)
    targets = tokens[1 : count * length + 1].view(count, length).split(batch_size)
    was_training = model.training
    model.eval()
    try:
        pairs = zip(inputs, targets, strict=True)
        nats = sum(next_token_nats(model, x, y).cpu().double().sum(0) for x, y in pairs)
    finally:
        model.train(was_training)
    return nats / (count * math.log(2))


def next_token_nats(model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
    """Return -ln p(target) at each position: (B, T), (B, T) -> (B, T)."""
    logits = model(inputs)  # (B, T, V)
    # softmax in float32 at least: bits are compared to 3 digits, half precision has 3
    logits = logits.to(torch.promote_types(logits.dtype, torch.float32))
    return F.cross_entropy(logits.mT, targets, reduction="none")  # (B, V, T) and (B, T)


# --- drawing --------------------------------------------------------------------------


def sample_token(
    logits: Tensor, temperature: float = 1.0, generator: torch.Generator | None = None
) -> Tensor:
    """Draw a token from softmax(logits / temperature): (B, V) -> (B,) int64.

    Temperature 0 takes the most likely one. A generator may be on another device than
    the logits: with one on the CPU, the draws are the same everywhere.
    """
    if temperature == 0:
        return logits.argmax(-1)
    p = torch.softmax(logits.float() / temperature, dim=-1)
    if generator is not None:
        p = p.to(generator.device)
    return torch.multinomial(p, 1, generator=generator)[:, 0].to(logits.device)


# --- training -------------------------------------------------------------------------


def warmup_cosine(step: int, steps: int, warmup: int, final: float = 0.1) -> float:
    """Return the share of the peak learning rate that a step takes.

    It climbs in a line to 1 at step ``warmup - 1``, then falls along half a cosine to
    ``final`` at the last one, ``steps - 1``.
    """
    if step < warmup:
        return (step + 1) / warmup  # not 0: the first step would be wasted
    progress = (step - warmup + 1) / max(steps - warmup, 1)
    return final + (1 - final) * 0.5 * (1 + math.cos(math.pi * progress))


def decay_groups(model: nn.Module, weight_decay: float) -> list[dict]:
    """Return AdamW's parameter groups: only matrices decay, gains and biases do not."""
    weights = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in weights if p.dim() >= 2], "weight_decay": weight_decay},
        {"params": [p for p in weights if p.dim() < 2], "weight_decay": 0.0},
    ]


def train_lm(
    model: nn.Module,
    tokens: Tensor,
    *,
    steps: int,
    batch_size: int = 32,
    length: int = 256,
    lr: float = 1e-3,
    warmup: int = 100,
    weight_decay: float = 0.05,
    betas: tuple[float, float] = (0.9, 0.98),
    clip: float = 1.0,
    seed: int = 0,
    after_step: Callable[[nn.Module, int, Tensor], None] | None = None,
    shard: tuple[int, int] = (0, 1),
    checkpoint: str | os.PathLike | None = None,
    checkpoint_every: int = 500,
) -> dict[str, Tensor]:
    """Train a language model with AdamW and return what happened, step by step.

    ``betas`` and ``weight_decay`` are those of Sun et al. 2023, section 3.1; the
    schedule is ``warmup_cosine``, down to a tenth of ``lr``.

    Args:
        model: maps (B, T) int64 to logits (B, T, V). It is left in training mode.
        tokens: the training text, (N,) int64, on the model's device.
        steps: batches, each of ``batch_size`` windows of ``length`` from anywhere.
        lr: the peak of the learning rate, reached after ``warmup`` steps.
        weight_decay: of the matrices only, see ``decay_groups``.
        clip: the gradient's norm over all parameters is cut to this.
        seed: of the windows, and of all that the model draws (the global generator).
            The weights that it starts from are its maker's to seed.
        after_step: called as ``after_step(model, step, loss)``, steps counted from 1,
            the loss a tensor: shows progress, or evaluates. The windows stay the same.
        shard: (rank, number of processes). Every process draws the same batch and takes
            its share of the rows; a ``DistributedDataParallel`` model makes the steps
            those of one process with the whole batch.
        checkpoint: a file that the state of the training goes to, every
            ``checkpoint_every`` steps. Where it exists, the training goes on from it,
            and ends as if it had never been interrupted. Process 0 writes it.

    Returns:
        ``loss``, the batch's mean in nats per character, ``grad_norm`` before clipping,
        and ``lr``: each (steps,) on the CPU.

    Raises:
        FloatingPointError: a loss was not finite; checked every ``CHECK_EVERY`` steps.
        ValueError: the batch does not split evenly; a checkpoint of other settings.
    """
    rank, processes = shard
    if batch_size % processes:
        raise ValueError(f"{batch_size} windows do not split over {processes} processes")
    settings = [steps, batch_size, length, lr, warmup, weight_decay, *betas, clip, seed]
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    windows = batches(tokens, batch_size, length, generator)
    optimizer = torch.optim.AdamW(decay_groups(model, weight_decay), lr=lr, betas=betas)
    history: dict[str, list[Tensor]] = {"loss": [], "grad_norm": [], "lr": []}
    first = 0
    if checkpoint is not None and os.path.exists(checkpoint):
        # read to the CPU: what belongs on the device is put there by whoever loads it
        at = torch.load(checkpoint, map_location="cpu", weights_only=True)
        if at["settings"] != settings:
            raise ValueError(f"{checkpoint} is of other settings: delete it, or use them")
        _unwrapped(model).load_state_dict(at["model"])
        optimizer.load_state_dict(at["optimizer"])
        generator.set_state(at["windows"])
        torch.set_rng_state(at["draws"])
        first = at["step"]
        for name, values in at["history"].items():
            # a rate is no result of the device: it stays where the next ones will be
            history[name] = list(values if name == "lr" else values.to(tokens.device))
    model.train()
    for step in range(first, steps):
        rate = lr * warmup_cosine(step, steps, warmup)
        for group in optimizer.param_groups:
            group["lr"] = rate
        inputs, targets = (x[rank::processes] for x in next(windows))
        loss = next_token_nats(model, inputs, targets).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        loss = loss.detach()
        if processes > 1:  # the gradients are the mean's already, DDP sees to it
            torch.distributed.all_reduce(loss)
            loss /= processes
        history["loss"].append(loss)
        history["grad_norm"].append(norm)
        history["lr"].append(torch.tensor(rate))
        done = step + 1
        if done % CHECK_EVERY == 0 or done == steps:
            _require_finite(history["loss"])
        if checkpoint is not None and rank == 0 and done % checkpoint_every == 0:
            at = {
                "settings": settings,
                "step": done,
                "model": _unwrapped(model).state_dict(),
                "optimizer": optimizer.state_dict(),
                "windows": generator.get_state(),
                "draws": torch.get_rng_state(),
                "history": {k: torch.stack(v).cpu() for k, v in history.items()},
            }
            _save_whole(at, checkpoint)
        if after_step is not None:
            after_step(model, done, loss)
            model.train()
    return {name: torch.stack(values).cpu() for name, values in history.items()}


def _unwrapped(model: nn.Module) -> nn.Module:
    """The model itself, whose names a checkpoint has, without DDP around it."""
    return getattr(model, "module", model)


def _save_whole(state: dict, path: str | os.PathLike) -> None:
    """Replace the file in one step: who is killed meanwhile still has the old one."""
    unfinished = f"{os.fspath(path)}.{os.getpid()}"
    try:
        torch.save(state, unfinished)
        os.replace(unfinished, path)
    finally:
        if os.path.exists(unfinished):
            os.remove(unfinished)


def _require_finite(losses: list[Tensor]) -> None:
    recent = torch.stack(losses[-CHECK_EVERY:])
    wrong = (~recent.isfinite()).nonzero()
    if len(wrong):
        step = len(losses) - len(recent) + int(wrong[0]) + 1
        raise FloatingPointError(f"the loss of step {step} is not finite: lower lr")


# --- yardsticks -----------------------------------------------------------------------


def unigram_table(tokens: Tensor, vocab_size: int, smoothing: float = 0.0) -> Tensor:
    """Return p(b), (V,) float64: the frequencies in (N,) tokens.

    Args:
        tokens: (N,) int64.
        vocab_size: V.
        smoothing: that many further observations, spread evenly over all tokens.
    """
    counts = torch.bincount(tokens, minlength=vocab_size).double()
    return (counts + smoothing / vocab_size) / (counts.sum() + smoothing)


def bigram_table(tokens: Tensor, vocab_size: int, smoothing: float = 0.0) -> Tensor:
    """Return p(b | a), (V, V) float64, a row for each a: frequencies in (N,) tokens.

    Args:
        tokens: (N,) int64.
        vocab_size: V.
        smoothing: 0 is maximum likelihood, under which a new pair has no chance. More
            is that many further observations after each a, spread as ``unigram_table``
            says (MacKay & Peto 1995).
    """
    pairs = tokens[:-1] * vocab_size + tokens[1:]
    counts = torch.bincount(pairs, minlength=vocab_size**2).double()
    counts = counts.view(vocab_size, vocab_size)
    unigram = unigram_table(tokens, vocab_size, smoothing)
    total = counts.sum(1, keepdim=True) + smoothing  # (V, 1)
    return torch.where(total > 0, (counts + smoothing * unigram) / total, unigram)


def table_bits(table: Tensor, tokens: Tensor) -> float:
    """Return the mean -log2 p over (N,) tokens; infinite if one of them has no chance.

    Args:
        table: p(b), (V,), for all N tokens; or p(b | a), (V, V), for all but the first.
    """
    p = table[tokens] if table.dim() == 1 else table[tokens[:-1], tokens[1:]]
    return -float(p.log2().mean())


def compressed_bits(
    text: str,
    compress: Callable[[bytes], bytes],
    given: str = "",
) -> float:
    """Return the bits per character that a compressor needs for a text.

    Args:
        text: at least one character.
        compress: ``lzma.compress`` (xz) or ``bz2.compress``, say.
        given: a text to compress before it, whose own size does not count: what a model
            has learned from in training. xz looks back over all of it, bz2 as far as
            the start of its block of 900 kB.
    """
    before = len(compress(given.encode())) if given else 0
    return 8 * (len(compress((given + text).encode())) - before) / len(text)


def yardsticks(text: str, given: str = "", smoothing: float = 1.0) -> dict[str, float]:
    """Return the bits per character of simple predictors: unigram, bigram, xz and bz2.

    Args:
        text: what they predict.
        given: what they learn from, a training text. Without one, the frequencies are
            those of ``text`` itself, without smoothing: no table does better on it.
        smoothing: of the frequencies in ``given``.
    """
    vocab = CharVocab(given + text)
    tokens, smoothing = vocab.encode(text), smoothing if given else 0.0
    learned = vocab.encode(given) if given else tokens
    return {
        "unigram": table_bits(unigram_table(learned, len(vocab), smoothing), tokens),
        "bigram": table_bits(bigram_table(learned, len(vocab), smoothing), tokens),
        "xz": compressed_bits(text, lzma.compress, given),
        "bz2": compressed_bits(text, bz2.compress, given),
    }
