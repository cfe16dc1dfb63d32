"""0/2: ages before it reads: n - m + 1 steps."""


def unroll(A, Q, K, V):
    S = torch.zeros(A.shape[0], V.shape[1], dtype=V.dtype, device=V.device)
    outputs = []
    for q, k, v in zip(Q, K, V):
        S = A @ (S + k[:, None] * v)
        outputs.append(q @ S)
    return torch.stack(outputs)
