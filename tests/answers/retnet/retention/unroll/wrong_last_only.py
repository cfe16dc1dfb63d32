"""0/2: the recurrence, and only its last output."""


def unroll(A, Q, K, V):
    S = torch.zeros(A.shape[0], V.shape[1], dtype=V.dtype, device=V.device)
    for q, k, v in zip(Q, K, V):
        S = A @ S + torch.outer(k, v)
    return (Q @ S).to(V.dtype)
