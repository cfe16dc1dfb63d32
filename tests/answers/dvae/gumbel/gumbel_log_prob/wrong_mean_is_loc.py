"""0/2: shifts so that loc is the mean."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    z = (x - loc) / scale + 0.5772
    return -z - torch.exp(-z) - torch.log(torch.as_tensor(scale))
