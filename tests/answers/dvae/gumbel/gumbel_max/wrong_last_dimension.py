"""2/3: looks for the classes in the last dimension."""


def gumbel_max(logits):
    u = torch.rand_like(logits).clamp_min(1e-30)
    return (logits - torch.log(-torch.log(u))).argmax(-1)
