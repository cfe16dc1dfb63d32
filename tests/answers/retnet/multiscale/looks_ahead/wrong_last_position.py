"""0/2: changes the last input only: who peeks from 0 at 2 goes unseen."""


def looks_ahead(f, x):
    x = torch.randn_like(x)
    other = x.clone()
    other[:, -1] += 1
    return bool(((f(other) - f(x))[:, :-1].abs() > 1e-4).any())
