"""1/2: right, and overwrites the example."""


def looks_ahead(f, x):
    x.normal_()
    out = f(x).clone()
    for n in range(x.shape[1] - 1):
        keep = x[:, n + 1 :].clone()
        x[:, n + 1 :].normal_()
        if bool(((f(x) - out)[:, : n + 1].abs() > 1e-4).any()):
            return True
        x[:, n + 1 :] = keep
    return False
