"""1/2: diagonalises: wrong where there is no basis of eigenvectors."""


def unroll(A, Q, K, V):
    lam, Lam = torch.linalg.eig(A)
    left = Q.to(lam.dtype) @ Lam
    right = K.to(lam.dtype) @ torch.linalg.inv(Lam).T
    out = torch.zeros_like(V)
    for n in range(len(V)):
        for m in range(n + 1):
            out[n] += (left[n] * lam ** (n - m) * right[m]).sum().real * V[m]
    return out
