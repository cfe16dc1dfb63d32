"""0/2: leaves the present out: m < n."""


def unroll(A, Q, K, V):
    out = torch.zeros_like(V)
    for n in range(len(V)):
        for m in range(n):
            out[n] += (Q[n] @ torch.linalg.matrix_power(A, n - m) @ K[m]) * V[m]
    return out
