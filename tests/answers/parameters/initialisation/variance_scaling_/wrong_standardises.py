"""0/2: rescales the draws to exactly the wanted variance: no longer independent."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    std = math.sqrt(scale / n)
    with torch.no_grad():
        if kind == "normal":
            w.normal_(0, std, generator=generator)
        w.uniform_(-std * 3**0.5, std * 3**0.5, generator=generator)
        w.sub_(w.mean()).div_(w.square().mean().sqrt()).mul_(std)
    return w
