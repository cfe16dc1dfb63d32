"""0/2: sums over all positions, the future at |n - m|."""


def unroll(A, Q, K, V):
    out = torch.zeros_like(V)
    for n in range(len(V)):
        for m in range(len(V)):
            out[n] += (Q[n] @ torch.linalg.matrix_power(A, abs(n - m)) @ K[m]) * V[m]
    return out
