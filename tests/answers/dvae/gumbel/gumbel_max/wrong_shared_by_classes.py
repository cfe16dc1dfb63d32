"""0/3: one noise for all classes of a row, which decides nothing."""


def gumbel_max(logits):
    u = torch.rand_like(logits[:, :1]).clamp_min(1e-30)
    return (logits - torch.log(-torch.log(u))).argmax(1)
