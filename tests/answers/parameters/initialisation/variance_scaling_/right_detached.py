"""2/2: writes through detach(), which is not recorded."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    std = math.sqrt(scale / n)
    inside = w.detach()
    if kind == "normal":
        inside.normal_(generator=generator).mul_(std)
    else:
        inside.uniform_(-1, 1, generator=generator).mul_(std * math.sqrt(3))
    return w
