"""1/2: counts the fans of matrices only."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = w.shape[1], w.shape[0]
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    std = math.sqrt(scale / n)
    with torch.no_grad():
        if kind == "normal":
            return w.normal_(0, std, generator=generator)
        return w.uniform_(-std * 3**0.5, std * 3**0.5, generator=generator)
