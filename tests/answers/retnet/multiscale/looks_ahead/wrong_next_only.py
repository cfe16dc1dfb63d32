"""0/2: asks of each position only whether it sees the next one."""


def looks_ahead(f, x):
    x = torch.randn_like(x)
    out = f(x)
    for n in range(x.shape[1] - 1):
        other = x.clone()
        other[:, n + 1] += 1
        if bool(((f(other) - out)[:, n].abs() > 1e-4).any()):
            return True
    return False
