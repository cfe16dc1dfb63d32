"""2/2: writes the design matrix and multiplies by its transpose."""


def line_gradients(a, b, x, y):
    X = torch.stack([x, torch.ones_like(x)], dim=1)  # (n, 2)
    w = torch.tensor([a, b], dtype=x.dtype, device=x.device)
    da, db = 2 / len(x) * X.T @ (X @ w - y)
    return da, db
