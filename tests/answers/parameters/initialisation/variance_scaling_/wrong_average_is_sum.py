"""1/2: forgets the half in the mean of the two fans."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": fan_in + fan_out}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    std = math.sqrt(scale / n)
    with torch.no_grad():
        if kind == "normal":
            return w.normal_(0, std, generator=generator)
        return w.uniform_(-std * 3**0.5, std * 3**0.5, generator=generator)
