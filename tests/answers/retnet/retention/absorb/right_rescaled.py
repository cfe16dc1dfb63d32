"""2/2: eigenvectors of another length and phase: what multiplies the query divides the key."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    Lam = Lam * torch.polar(torch.rand(len(lam)) + 1, torch.rand(len(lam)))
    keep = lam.angle() > 0
    inverse = torch.linalg.inv(Lam)[keep]
    C_K = (inverse @ W_K.to(lam.dtype).T).conj().T
    return lam[keep].abs(), lam[keep].angle(), W_Q.to(lam.dtype) @ Lam[:, keep] * 2, C_K
