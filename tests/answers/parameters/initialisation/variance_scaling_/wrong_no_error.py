"""1/2: takes every unknown mode for fan_avg."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out}.get(mode, (fan_in + fan_out) / 2)
    std = math.sqrt(scale / n)
    with torch.no_grad():
        if kind == "normal":
            return w.normal_(0, std, generator=generator)
        return w.uniform_(-std * 3**0.5, std * 3**0.5, generator=generator)
