"""1/2: changes the future of the example itself: blind where the example is 0."""


def looks_ahead(f, x):
    out = f(x)
    for n in range(x.shape[1] - 1):
        other = torch.cat([x[:, : n + 1], torch.randn_like(x[:, n + 1 :])], 1)
        if bool(((f(other) - out)[:, : n + 1].abs() > 1e-4).any()):
            return True
    return False
