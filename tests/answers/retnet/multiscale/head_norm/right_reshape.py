"""2/2: a row for each head of each token, and back."""


def head_norm(y, num_heads, eps):
    rows = y.reshape(-1, y.shape[-1] // num_heads)
    rows = rows - rows.mean(1, keepdim=True)
    norm = (rows.pow(2).mean(1, keepdim=True) + eps) ** 0.5
    return (rows / norm).reshape(y.shape)
