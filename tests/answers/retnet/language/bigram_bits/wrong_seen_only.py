"""0/2: k only for the tokens that occur in the training part."""


def bigram_bits(train, test, vocab_size, smoothing):
    pairs = (train[:-1] * vocab_size + train[1:]).cpu()
    n = torch.bincount(pairs, minlength=vocab_size**2).double().view(vocab_size, vocab_size)
    seen = len(set(train.tolist()))
    p = (n + smoothing) / (n.sum(1, keepdim=True) + smoothing * seen)
    return -p[test[:-1].cpu(), test[1:].cpu()].log2().mean().item()
