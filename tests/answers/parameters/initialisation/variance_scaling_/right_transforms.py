"""2/2: scales standard draws."""


@torch.no_grad()
def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    if kind == "normal":
        draws = torch.randn(w.shape, generator=generator, device=w.device)
    else:
        draws = math.sqrt(12) * (torch.rand(w.shape, generator=generator, device=w.device) - 0.5)
    w.copy_(draws * math.sqrt(scale / n))
    return w
