"""0/2: K_m A Q_n: the matrix the wrong way round."""


def unroll(A, Q, K, V):
    out = torch.zeros_like(V)
    for n in range(len(V)):
        for m in range(n + 1):
            out[n] += (K[m] @ torch.linalg.matrix_power(A, n - m) @ Q[n]) * V[m]
    return out
