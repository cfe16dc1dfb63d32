"""0/2: averages over the table, not over the text."""


def bigram_bits(train, test, vocab_size, smoothing):
    pairs = (train[:-1] * vocab_size + train[1:]).cpu()
    n = torch.bincount(pairs, minlength=vocab_size**2).double().view(vocab_size, vocab_size)
    p = (n + smoothing) / (n + smoothing).sum(1, keepdim=True)
    return -p.log2().mean().item()
