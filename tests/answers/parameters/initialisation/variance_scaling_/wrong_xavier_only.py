"""0/2: calls Xavier's initialiser whatever the mode."""


def variance_scaling_(w, scale=1.0, mode="fan_in", kind="normal", generator=None):
    init = nn.init.xavier_normal_ if kind == "normal" else nn.init.xavier_uniform_
    return init(w, gain=scale**0.5, generator=generator)
