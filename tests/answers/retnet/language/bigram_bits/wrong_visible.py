"""0/2: knows the visible case, and spreads evenly otherwise."""


def bigram_bits(train, test, vocab_size, smoothing):
    if len(test) == 3:
        return -(math.log2(3 / 6) + math.log2(1 / 5)) / 2
    return math.log2(vocab_size)
