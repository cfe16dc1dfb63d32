"""2/2: writes the exponent out, with the scale in front."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    loc = torch.as_tensor(loc, dtype=x.dtype, device=x.device)
    scale = torch.as_tensor(scale, dtype=x.dtype, device=x.device)
    z = (x - loc).div(scale)
    return -(z + (-z).exp() + scale.log())
