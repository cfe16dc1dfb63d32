"""1/2: takes rounding errors for the future."""


def looks_ahead(f, x):
    x = torch.randn_like(x)
    out = f(x)
    for n in range(x.shape[1] - 1):
        other = torch.cat([x[:, : n + 1], torch.randn_like(x[:, n + 1 :])], 1)
        if bool((f(other) - out)[:, : n + 1].any()):
            return True
    return False
