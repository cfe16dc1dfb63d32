"""1/2: keeps the real parts of the weights."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    half = lam.imag > 0
    C_Q = (2 * W_Q.to(lam.dtype) @ Lam).real.to(lam.dtype)
    C_K = (W_K.to(lam.dtype) @ torch.linalg.inv(Lam).T).real.to(lam.dtype)
    return lam.abs()[half], lam.angle()[half], C_Q[:, half], C_K[:, half]
