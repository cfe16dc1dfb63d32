"""0/2: p(a, b), of all pairs."""


def bigram_bits(train, test, vocab_size, smoothing):
    pairs = (train[:-1] * vocab_size + train[1:]).cpu()
    n = torch.bincount(pairs, minlength=vocab_size**2).double().view(vocab_size, vocab_size)
    p = (n + smoothing) / (n + smoothing).sum()
    return -p[test[:-1].cpu(), test[1:].cpu()].log2().mean().item()
