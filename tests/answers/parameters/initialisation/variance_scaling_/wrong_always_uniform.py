"""1/2: draws everything from the uniform."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    b = math.sqrt(3 * scale / n)
    with torch.no_grad():
        return w.uniform_(-b, b, generator=generator)
