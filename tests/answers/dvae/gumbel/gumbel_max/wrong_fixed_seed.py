"""1/3: seeds its own generator, so that two calls return the same."""


def gumbel_max(logits):
    generator = torch.Generator(logits.device).manual_seed(0)
    u = torch.rand(logits.shape, generator=generator, dtype=logits.dtype, device=logits.device)
    return (logits - torch.log(-torch.log(u.clamp_min(1e-30)))).argmax(1)
