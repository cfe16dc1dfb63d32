"""0/2: counts the present as the future: an output may see its own input."""


def looks_ahead(f, x):
    x = torch.randn_like(x)
    out = f(x)
    for n in range(x.shape[1]):
        other = torch.cat([x[:, :n], torch.randn_like(x[:, n:])], 1)
        if bool(((f(other) - out)[:, : n + 1].abs() > 1e-4).any()):
            return True
    return False
