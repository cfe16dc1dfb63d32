"""0/2: returns a tensor, not a bool."""


def looks_ahead(f, x):
    x = torch.randn_like(x)
    out, found = f(x), torch.tensor(False, device=x.device)
    for n in range(x.shape[1] - 1):
        other = torch.cat([x[:, : n + 1], torch.randn_like(x[:, n + 1 :])], 1)
        found |= ((f(other) - out)[:, : n + 1].abs() > 1e-4).any()
    return found
