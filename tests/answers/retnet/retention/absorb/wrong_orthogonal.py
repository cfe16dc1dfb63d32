"""1/2: takes the basis for a unitary one, with the conjugate transpose as inverse."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    half = lam.imag > 0
    C_Q = 2 * W_Q.to(lam.dtype) @ Lam
    C_K = W_K.to(lam.dtype) @ Lam
    return lam.abs()[half], lam.angle()[half], C_Q[:, half], C_K[:, half]
