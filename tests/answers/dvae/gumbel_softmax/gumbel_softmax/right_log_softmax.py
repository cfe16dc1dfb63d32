"""3/3: normalises the logits first, which changes nothing."""


def gumbel_softmax(logits, tau):
    if not (tau > 0):
        raise ValueError(tau)
    u = torch.rand(logits.shape, dtype=logits.dtype, device=logits.device).clamp(min=1e-30)
    g = -(-u.log()).log()
    return F.softmax((F.log_softmax(logits, dim=1) + g) / tau, dim=1)
