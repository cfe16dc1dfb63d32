"""Bits per character, training and the yardsticks against closed forms and plain counting."""

import bz2
import lzma
import math
from collections import Counter
from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from torchnotes import text as module
from torchnotes.data import CharVocab, load_text
from torchnotes.text import (
    batches,
    bigram_table,
    bits_per_char,
    compressed_bits,
    decay_groups,
    next_token_nats,
    table_bits,
    train_lm,
    train_val_test_split,
    unigram_table,
    warmup_cosine,
    yardsticks,
)

EXACT = 1e-10  # float64, or bits that float32 represents
SINGLE = 1e-5  # float32
FEW = settings(max_examples=25, deadline=None, derandomize=True)


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # nets this small are faster so
    yield
    torch.set_num_threads(threads)


class Table(nn.Module):
    """p(b | a) as a model, by logits: what a bigram table would be if it were learned."""

    def __init__(self, logits: torch.Tensor) -> None:
        super().__init__()
        self.logits = nn.Parameter(logits)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.logits[tokens]  # (B, T, V)


def markov_text(num_tokens: int, vocab_size: int, seed: int = 0) -> torch.Tensor:
    """Tokens of a chain whose transitions are far from even."""
    generator = torch.Generator().manual_seed(seed)
    p = (2 * torch.randn(vocab_size, vocab_size, generator=generator)).softmax(1)
    tokens = [0]
    for u in torch.rand(num_tokens - 1, generator=generator):
        below = int((p[tokens[-1]].cumsum(0) < u).sum())
        tokens.append(min(below, vocab_size - 1))
    return torch.tensor(tokens)


def counted_bits(tokens: list[int]) -> tuple[float, float]:
    """The entropies H(b) and H(b | a) of a text's own frequencies, with the standard library."""
    first = Counter(tokens[:-1])
    pairs = Counter(pairwise(tokens))
    alone = [n / len(tokens) for n in Counter(tokens).values()]
    unigram = -sum(p * math.log2(p) for p in alone)
    bigram = -sum(n * math.log2(n / first[a]) for (a, _), n in pairs.items()) / pairs.total()
    return unigram, bigram


# --- windows -------------------------------------------------------------------------------------


def test_the_split_is_by_position():
    train, val, test = train_val_test_split(load_text())
    assert train + val + test == load_text()
    assert (len(train), len(val), len(test)) == (1_254_236, 156_780, 156_780)
    pieces = train_val_test_split(torch.arange(10), 0.2)
    assert [p.tolist() for p in pieces] == [[0, 1, 2, 3, 4, 5], [6, 7], [8, 9]]
    with pytest.raises(ValueError, match="empty"):
        train_val_test_split("abc")


@FEW
@given(n=st.integers(2, 30), batch_size=st.integers(1, 5), data=st.data())
def test_windows_are_pieces_of_the_text(n, batch_size, data):
    length = data.draw(st.integers(1, n - 1))
    tokens = 100 + torch.arange(n)
    stream = batches(tokens, batch_size, length, torch.Generator().manual_seed(0))
    for _ in range(3):
        x, y = next(stream)
        assert x.shape == y.shape == (batch_size, length)
        assert torch.equal(x, x[:, :1] + torch.arange(length)), "consecutive"
        assert torch.equal(y, x + 1), "one position later"
        assert x.min() >= 100 and y.max() <= 100 + n - 1


def test_windows_start_everywhere_and_repeat_with_the_seed():
    def first(seed):
        return next(batches(torch.arange(9), 500, 4, torch.Generator().manual_seed(seed)))[0]

    assert first(0)[:, 0].unique().tolist() == [0, 1, 2, 3, 4]
    assert torch.equal(first(0), first(0)) and not torch.equal(first(0), first(1))
    with pytest.raises(ValueError, match=r"windows of 9 \+ 1 tokens from a text of 9"):
        next(batches(torch.arange(9), 1, 9, torch.Generator()))


# --- bits per character --------------------------------------------------------------------------


def test_a_model_that_knows_nothing_needs_log2_80_bits():
    model = Table(torch.zeros(80, 80))
    tokens = CharVocab(load_text()).encode(load_text()[:5000])
    assert bits_per_char(model, tokens, length=256) == pytest.approx(math.log2(80), abs=SINGLE)


@FEW
@given(n=st.integers(2, 60), length=st.integers(1, 70), batch_size=st.integers(1, 4))
def test_every_character_but_the_first_counts_once(n, length, batch_size):
    """A table's bits are a sum over pairs, so that no cut into windows may change them."""
    model = Table(torch.randn(5, 5, dtype=torch.float64))
    tokens = torch.randint(5, (n,))
    p = model.logits.detach().softmax(1).tolist()
    expected = -sum(math.log2(p[a][b]) for a, b in pairwise(tokens.tolist())) / (n - 1)
    actual = bits_per_char(model, tokens, length=length, batch_size=batch_size)
    assert actual == pytest.approx(expected, abs=EXACT)


def test_a_window_starts_from_nothing_and_leaves_the_model_as_it_was():
    """The model is asked in eval mode, for consecutive windows, and without gradients."""
    seen = []

    class Spy(nn.Module):
        def forward(self, tokens):
            seen.append((tokens.tolist(), self.training, torch.is_grad_enabled()))
            return torch.zeros(*tokens.shape, 12)

    model = Spy().train()
    bits_per_char(model, torch.arange(12), length=4, batch_size=2)
    assert model.training
    assert seen == [
        ([[0, 1, 2, 3], [4, 5, 6, 7]], False, False),
        ([[8, 9, 10]], False, False),
    ]


def test_half_precision_logits_are_summed_in_float32():
    logits = torch.randn(7, 7).bfloat16()
    tokens = torch.randint(7, (400,))
    expected = bits_per_char(Table(logits.double()), tokens, length=50)
    assert bits_per_char(Table(logits), tokens, length=50) == pytest.approx(expected, abs=SINGLE)


def test_next_token_nats_are_minus_log_p():
    logits = torch.randn(5, 5, dtype=torch.float64)
    x, y = torch.randint(5, (2, 3, 7))
    nats = next_token_nats(Table(logits), x, y)
    assert nats.shape == (3, 7)
    for b, t in [(0, 0), (2, 6), (1, 3)]:
        p = logits[x[b, t]].softmax(0)[y[b, t]]
        torch.testing.assert_close(nats[b, t], -p.log(), atol=EXACT, rtol=0)


# --- training ------------------------------------------------------------------------------------


def test_the_schedule_climbs_and_falls():
    factors = [warmup_cosine(step, 110, 10) for step in range(110)]
    assert factors[:10] == pytest.approx([(i + 1) / 10 for i in range(10)])
    assert factors[59] == pytest.approx(0.55), "half way between 1 and 0.1"
    assert factors[109] == pytest.approx(0.1)
    assert all(a > b for a, b in pairwise(factors[9:]))
    assert [warmup_cosine(s, 3, 0, final=0.0) for s in range(3)] == pytest.approx([0.75, 0.25, 0])
    assert warmup_cosine(1, 2, 2) == 1, "all of it warm-up"


def test_a_table_learns_the_bigrams_to_their_entropy():
    """And no further: in sample, no table is better than the frequencies (Gibbs)."""
    tokens = markov_text(4000, 6)
    model = Table(torch.zeros(6, 6))
    options = {"batch_size": 32, "length": 64, "lr": 0.1, "warmup": 10, "weight_decay": 0.0}
    history = train_lm(model, tokens, steps=200, **options)
    entropy = counted_bits(tokens.tolist())[1]
    bits = bits_per_char(model, tokens, length=100)
    assert entropy - SINGLE < bits < entropy + 0.005
    assert history["loss"][0].item() == pytest.approx(math.log(6), abs=SINGLE)
    assert history["loss"][-50:].mean() / math.log(2) == pytest.approx(entropy, abs=0.05)


def test_training_is_adamw_with_this_schedule_and_clipping():
    """The same steps written out, with torch's AdamW and the gradient cut by hand."""
    tokens, steps, clip = markov_text(300, 5), 12, 0.05
    start = torch.randn(5, 5)
    model = Table(start.clone())
    history = train_lm(
        model, tokens, steps=steps, batch_size=4, length=8, lr=0.1, warmup=4, clip=clip, seed=3
    )
    weight = start.clone().requires_grad_()
    optimizer = torch.optim.AdamW([weight], betas=(0.9, 0.98), weight_decay=0.05)
    stream = batches(tokens, 4, 8, torch.Generator().manual_seed(3))
    for step in range(steps):
        x, y = next(stream)
        loss = -weight.log_softmax(1)[x, y].mean()
        (gradient,) = torch.autograd.grad(loss, weight)
        norm = gradient.norm()
        weight.grad = gradient * min(1.0, clip / norm.item())
        rate = 0.1 * warmup_cosine(step, steps, 4)
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
        for name, value in (("loss", loss.detach()), ("grad_norm", norm), ("lr", rate)):
            assert history[name][step].item() == pytest.approx(float(value), rel=SINGLE), name
    assert (history["grad_norm"] > clip).any(), "or nothing was cut"
    torch.testing.assert_close(model.logits, weight, rtol=0, atol=SINGLE)


def test_only_matrices_decay():
    model = nn.Sequential(nn.Embedding(5, 4), nn.LayerNorm(4), nn.Linear(4, 5))
    model[0].weight.requires_grad_(False)
    matrices, rest = decay_groups(model, 0.3)
    assert (matrices["weight_decay"], rest["weight_decay"]) == (0.3, 0.0)
    assert [p.shape for p in matrices["params"]] == [(5, 4)]
    assert [p.shape for p in rest["params"]] == [(4,), (4,), (5,)]


def test_the_same_seed_gives_the_same_run():
    tokens = markov_text(500, 5)

    def run(seed, after_step=None):
        model = nn.Sequential(Table(torch.zeros(5, 5)), nn.Dropout(0.5))
        return train_lm(
            model, tokens, steps=5, batch_size=4, length=8, seed=seed, after_step=after_step
        )["loss"]

    torch.rand(3)  # what was drawn before does not matter
    losses = run(1)
    assert torch.equal(run(1), losses) and not torch.equal(run(2), losses)

    steps = []

    def look(model, step, loss):
        steps.append((step, loss.item(), loss.requires_grad, model.training))
        bits_per_char(model, tokens[:50], length=10)
        model.eval()  # and does not switch back

    assert torch.equal(run(1, look), losses), "looking changes nothing"
    assert steps == [(i + 1, loss, False, True) for i, loss in enumerate(losses.tolist())]


@pytest.mark.parametrize("bad_step", [1, 7, 12])
def test_a_loss_that_is_not_finite_stops_the_run(monkeypatch, bad_step):
    monkeypatch.setattr(module, "CHECK_EVERY", 5)
    calls = []

    class Breaks(Table):
        def forward(self, tokens):
            calls.append(1)
            return super().forward(tokens) * (math.nan if len(calls) == bad_step else 1)

    model = Breaks(torch.zeros(5, 5))
    with pytest.raises(FloatingPointError, match=f"the loss of step {bad_step} is not finite"):
        train_lm(model, markov_text(100, 5), steps=12, batch_size=2, length=8)
    assert len(calls) == min(12, -(-bad_step // 5) * 5), "at the next check"


# --- yardsticks ----------------------------------------------------------------------------------


def test_the_yardsticks_of_the_whole_text():
    bits = {name: f"{value:.2f}" for name, value in yardsticks(load_text()).items()}
    assert bits == {"unigram": "4.49", "bigram": "3.52", "xz": "2.31", "bz2": "2.07"}
    small = yardsticks("ab" * 50)
    assert (small["unigram"], small["bigram"]) == (1, 0), "in sample, nothing is smoothed"


@FEW
@given(st.lists(st.integers(0, 4), min_size=2, max_size=40))
def test_tables_in_sample_have_the_entropy_of_the_frequencies(tokens):
    unigram, bigram = counted_bits(tokens)
    t = torch.tensor(tokens)
    assert table_bits(unigram_table(t, 6), t) == pytest.approx(unigram, abs=EXACT)
    assert table_bits(bigram_table(t, 6), t) == pytest.approx(bigram, abs=EXACT)


@FEW
@given(st.lists(st.integers(0, 4), min_size=2, max_size=40), st.sampled_from([0.0, 0.5, 3.0]))
def test_tables_are_distributions_counted_one_by_one(tokens, smoothing):
    t, V = torch.tensor(tokens), 6
    unigram, bigram = unigram_table(t, V, smoothing), bigram_table(t, V, smoothing)
    assert unigram.sum().item() == pytest.approx(1, abs=EXACT)
    assert bigram.sum(1).tolist() == pytest.approx([1] * V, abs=EXACT)
    for b in range(V):
        p = (tokens.count(b) + smoothing / V) / (len(tokens) + smoothing)
        assert unigram[b].item() == pytest.approx(p, abs=EXACT)
        for a in range(V):
            after = [y for x, y in pairwise(tokens) if x == a]
            weight = len(after) + smoothing
            expected = (after.count(b) + smoothing * p) / weight if weight else p
            assert bigram[a, b].item() == pytest.approx(expected, abs=EXACT)


def test_a_table_and_the_same_table_as_a_model_need_the_same_bits():
    train, test = markov_text(2000, 6)[:1000], markov_text(2000, 6)[1000:]
    table = bigram_table(train, 6, smoothing=1.0)
    as_model = bits_per_char(Table(table.log()), test, length=37)
    assert table_bits(table, test) == pytest.approx(as_model, abs=EXACT)


def test_without_smoothing_what_is_new_is_impossible():
    train, test = torch.tensor([0, 1, 0, 1]), torch.tensor([0, 1, 1])
    assert table_bits(bigram_table(train, 3), test) == math.inf
    assert table_bits(unigram_table(train, 3), torch.tensor([2])) == math.inf
    assert table_bits(bigram_table(train, 3, 0.1), test) < 20


def test_compressors_count_the_text_and_not_what_was_given():
    text = load_text()[:40_000]
    assert compressed_bits(text, bz2.compress) == 8 * len(bz2.compress(text.encode())) / 40_000
    assert compressed_bits(text, lambda content: content) == 8
    assert compressed_bits(text, lambda content: content, given="before") == 8
    again = compressed_bits(text, lzma.compress, given=text)
    assert again < 0.02, "xz finds the whole text in what it was given"


def test_yardsticks_of_a_test_text_are_learned_from_the_training_text():
    train, _, test = train_val_test_split(load_text()[:200_000])
    bits, own = yardsticks(test, train), yardsticks(test)
    for name in ("unigram", "bigram"):
        assert own[name] < bits[name] < own[name] + 0.3, "a foreign table is worse, a little"
    assert bits["xz"] < own["xz"] and bits["bz2"] < own["bz2"], "more to look back on"
    assert math.isfinite(yardsticks("new!", "old")["bigram"])
    # 3 and 1 of 4 observations, and half of a fifth for each of the two characters
    assert yardsticks("ab", "aaab")["unigram"] == pytest.approx(
        -(math.log2(3.5 / 5) + math.log2(1.5 / 5)) / 2, abs=EXACT
    )
