"""2/2: plain Python, with an infinity where a power is too large."""


def read_error(gamma, d_k, length):
    newer, older = [0.0], [0.0]
    up = down = 1.0
    square = gamma * gamma
    for _ in range(length - 1):
        down *= square
        up = up / square if square > 0 else float("inf")
        newer.append(newer[-1] + up)
        older.append(older[-1] + down)
    sums = [(newer[j] + older[length - 1 - j]) / d_k for j in range(length)]
    return torch.tensor([x**0.5 for x in sums], dtype=torch.float64)
