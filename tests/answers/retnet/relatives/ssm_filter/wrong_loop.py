"""1/2: the recurrence itself, token by token: right values, no convolution."""


def ssm_filter(u, A, B, C):
    x, outputs = torch.zeros_like(A), []
    for u_n in u:
        x = A * x + B * u_n
        outputs.append((C * x).sum().real)
    return torch.stack(outputs)
