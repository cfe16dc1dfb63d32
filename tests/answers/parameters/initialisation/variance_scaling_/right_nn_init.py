"""2/2: lets nn.init draw, and counts the fans itself."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    window = w[0, 0].numel()
    if mode == "fan_in":
        n = w.shape[1] * window
    elif mode == "fan_out":
        n = w.shape[0] * window
    elif mode == "fan_avg":
        n = (w.shape[0] + w.shape[1]) * window / 2
    else:
        raise ValueError(f"mode {mode}")
    std = (scale / n) ** 0.5
    if kind == "normal":
        return nn.init.normal_(w, 0, std, generator=generator)
    if kind == "uniform":
        return nn.init.uniform_(w, -std * 3**0.5, std * 3**0.5, generator=generator)
    raise ValueError(f"kind {kind}")
