"""0/2: returns a new tensor and leaves w as it was."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    fan_in, fan_out = fans(w)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}.get(mode)
    if n is None or kind not in ("normal", "uniform"):
        raise ValueError(mode, kind)
    std = math.sqrt(scale / n)
    if kind == "normal":
        return std * torch.randn(w.shape, generator=generator, device=w.device)
    return std * 3**0.5 * (2 * torch.rand(w.shape, generator=generator, device=w.device) - 1)
