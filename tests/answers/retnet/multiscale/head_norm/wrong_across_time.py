"""0/2: nn.GroupNorm on (B, C, T): the mean runs over time too, and reads the future."""


def head_norm(y, num_heads, eps):
    return torch.nn.functional.group_norm(y.transpose(1, 2), num_heads, eps=eps).transpose(1, 2)
