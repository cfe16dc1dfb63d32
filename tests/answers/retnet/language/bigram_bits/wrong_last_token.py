"""0/2: divides by how often a occurs, its last place included, where nothing follows."""


def bigram_bits(train, test, vocab_size, smoothing):
    pairs = (train[:-1] * vocab_size + train[1:]).cpu()
    n = torch.bincount(pairs, minlength=vocab_size**2).double().view(vocab_size, vocab_size)
    total = torch.bincount(train.cpu(), minlength=vocab_size).double()[:, None]
    p = (n + smoothing) / (total + smoothing * vocab_size)
    return -p[test[:-1].cpu(), test[1:].cpu()].log2().mean().item()
