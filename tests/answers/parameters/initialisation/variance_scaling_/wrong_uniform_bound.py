"""0/2: takes the standard deviation for the bound of the uniform."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    std = math.sqrt(scale / n)
    with torch.no_grad():
        if kind == "normal":
            return w.normal_(0, std, generator=generator)
        return w.uniform_(-std, std, generator=generator)
