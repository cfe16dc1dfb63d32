"""0/2: takes the real part for the modulus and the imaginary part for the angle."""


def absorb(A, W_Q, W_K):
    lam, Lam = torch.linalg.eig(A)
    half = lam.imag > 0
    C_Q = 2 * W_Q.to(lam.dtype) @ Lam
    C_K = (W_K.to(lam.dtype) @ torch.linalg.inv(Lam).T).conj()
    return lam.real[half], lam.imag[half], C_Q[:, half], C_K[:, half]
