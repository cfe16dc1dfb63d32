"""0/2: counts in both parts, so it has seen what it is tested on."""


def bigram_bits(train, test, vocab_size, smoothing):
    both = torch.cat([train, test])
    pairs = (both[:-1] * vocab_size + both[1:]).cpu()
    n = torch.bincount(pairs, minlength=vocab_size**2).double().view(vocab_size, vocab_size)
    p = (n + smoothing) / (n + smoothing).sum(1, keepdim=True)
    return -p[test[:-1].cpu(), test[1:].cpu()].log2().mean().item()
