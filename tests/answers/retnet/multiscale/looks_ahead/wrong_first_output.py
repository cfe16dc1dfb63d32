"""0/2: looks at output 0 only."""


def looks_ahead(f, x):
    x = torch.randn_like(x)
    other = torch.cat([x[:, :1], torch.randn_like(x[:, 1:])], 1)
    return bool(((f(other) - f(x))[:, 0].abs() > 1e-4).any())
