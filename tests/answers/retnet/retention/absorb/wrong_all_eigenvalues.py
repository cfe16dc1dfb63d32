"""0/2: returns both of each pair."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    C_Q = W_Q.to(lam.dtype) @ Lam
    C_K = (W_K.to(lam.dtype) @ torch.linalg.inv(Lam).T).conj()
    return lam.abs(), lam.angle(), C_Q, C_K
