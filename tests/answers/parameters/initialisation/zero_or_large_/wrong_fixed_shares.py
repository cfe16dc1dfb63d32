"""1/2: shuffles exact shares: each entry is right, and they are not independent."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    n = w.numel()
    zeros = round(p_zero * n)
    kinds = torch.ones(n, device=w.device)
    kinds[:zeros] = 0
    kinds[zeros : zeros + (n - zeros) // 2] = -1
    kinds = kinds[torch.randperm(n, generator=generator, device=w.device)]
    w.uniform_(low, high, generator=generator)
    return w.mul_(kinds.view(w.shape))
