"""0/2: knows the visible cases by the first output of a known input."""


def looks_ahead(f, x):
    probe = torch.ones_like(x).cumsum(1)
    out = f(probe)
    return not bool(torch.allclose(out, probe.cumsum(1)))
