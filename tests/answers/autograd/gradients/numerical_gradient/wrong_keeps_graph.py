"""0/3: keeps the differences as tensors of f's graph, which an f that returns a number does not have."""


def numerical_gradient(f, x, h=1e-5):
    flat = x.detach().double().flatten()
    entries = []
    for i in range(flat.numel()):
        up, down = flat.clone(), flat.clone()
        up[i] += h
        down[i] -= h
        entries.append((f(up.view(x.shape)) - f(down.view(x.shape))) / (2 * h))
    return torch.stack(entries).view(x.shape)
