"""1/2: clamps the powers at 1e-30, so that all old pairs are equally hard."""


def read_error(gamma, d_k, length):
    weight = (torch.tensor(gamma, dtype=torch.float64) ** torch.arange(length)).clamp(min=1e-30)
    return ((weight.square().sum() / weight.square() - 1) / d_k).sqrt()
