"""2/2: sorted by angle, the inverse from a linear solve, the factor 2 on the keys."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    order = lam.angle().argsort(descending=True)[: len(lam) // 2]
    C_Q = W_Q.to(Lam.dtype) @ Lam[:, order]
    right = torch.linalg.solve(Lam, W_K.to(Lam.dtype).T)[order]  # (d / 2, d_model)
    return lam[order].abs(), lam[order].angle(), C_Q, 2 * right.mH
