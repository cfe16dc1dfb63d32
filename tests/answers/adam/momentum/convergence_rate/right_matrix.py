"""2/2: the largest eigenvalue of the companion matrix, curvature by curvature."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    worst = 0.0
    for lam in curvatures.tolist():
        a = 1 - lr * lam
        row = [(1 + mu) * a, -mu * a] if nesterov else [mu + a, -mu]
        companion = torch.tensor([row, [1.0, 0.0]], dtype=torch.float64)
        worst = max(worst, torch.linalg.eigvals(companion).abs().max().item())
    return worst
