"""0/2: A ** j raises each entry to the power."""


def unroll(A, Q, K, V):
    out = torch.zeros_like(V)
    for n in range(len(V)):
        for m in range(n + 1):
            out[n] += (Q[n] @ A ** (n - m) @ K[m]) * V[m]
    return out
