"""1/2: calls any change below 0.2 rounding."""


def looks_ahead(f, x):
    torch.manual_seed(0)
    x = torch.randn_like(x)
    out = f(x)
    for n in range(x.shape[1] - 1):
        other = torch.cat([x[:, : n + 1], torch.randn_like(x[:, n + 1 :])], 1)
        if bool(((f(other) - out)[:, : n + 1].abs() > 0.3).any()):
            return True
    return False
