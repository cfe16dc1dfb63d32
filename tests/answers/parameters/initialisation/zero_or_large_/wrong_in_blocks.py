"""1/2: lays out zeros, negatives and positives in blocks and shuffles nothing."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    kinds = torch.empty(w.numel(), device=w.device)
    zeros = round(p_zero * w.numel())
    negatives = (w.numel() - zeros) // 2
    kinds[:zeros], kinds[zeros : zeros + negatives], kinds[zeros + negatives :] = 0, -1, 1
    w.uniform_(low, high, generator=generator)
    return w.mul_(kinds.view(w.shape))
