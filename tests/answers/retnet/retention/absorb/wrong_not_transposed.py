"""1/2: the inverse without the transpose."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    half = lam.imag > 0
    C_Q = 2 * W_Q.to(lam.dtype) @ Lam
    C_K = (W_K.to(lam.dtype) @ torch.linalg.inv(Lam)).conj()
    return lam.abs()[half], lam.angle()[half], C_Q[:, half], C_K[:, half]
