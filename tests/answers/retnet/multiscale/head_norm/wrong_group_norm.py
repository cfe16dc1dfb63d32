"""1/2: GroupNorm on a token a row: right, and closed in the second check."""


def head_norm(y, num_heads, eps):
    rows = y.reshape(-1, y.shape[-1])
    return torch.nn.functional.group_norm(rows, num_heads, eps=eps).reshape(y.shape)
