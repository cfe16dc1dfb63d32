"""2/2: a dictionary of counters, in plain Python."""

from collections import Counter, defaultdict


def bigram_bits(train, test, vocab_size, smoothing):
    after = defaultdict(Counter)
    learn, read = train.tolist(), test.tolist()
    for a, b in zip(learn, learn[1:]):
        after[a][b] += 1
    total = 0.0
    for a, b in zip(read, read[1:]):
        n = sum(after[a].values()) + smoothing * vocab_size
        total += math.log2(n) - math.log2(after[a][b] + smoothing)
    return total / (len(read) - 1)
