"""2/2: goes through the condition number, and finds the window's end from mu."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian).clamp(min=0.0)
    big = float(lam.max())
    kept = [x for x in lam.tolist() if x >= 1e-9 * big]
    k = (big / min(kept)) ** 0.5
    root = (k - 1) / (k + 1)
    return (1 + root) ** 2 / big, root * root
