"""2/2: minus the logarithm of an exponential number."""


def gumbel_from_uniform(u):
    waiting = -torch.log(torch.maximum(u, torch.tensor(1e-30, dtype=u.dtype, device=u.device)))
    return waiting.log().neg()
