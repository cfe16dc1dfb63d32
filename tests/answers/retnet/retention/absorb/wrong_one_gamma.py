"""0/2: one modulus for all pairs, the mean."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    half = lam.imag > 0
    C_Q = 2 * W_Q.to(lam.dtype) @ Lam
    C_K = (W_K.to(lam.dtype) @ torch.linalg.inv(Lam).T).conj()
    gamma = lam.abs()[half]
    return gamma.mean().expand_as(gamma), lam.angle()[half], C_Q[:, half], C_K[:, half]
