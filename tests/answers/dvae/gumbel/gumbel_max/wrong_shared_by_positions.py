"""2/3: one noise vector per image, shared by all of its positions."""


def gumbel_max(logits):
    u = torch.rand(logits.shape[:2], dtype=logits.dtype, device=logits.device).clamp_min(1e-30)
    noise = -torch.log(-torch.log(u))
    return (logits + noise.reshape(*noise.shape, *[1] * (logits.dim() - 2))).argmax(1)
