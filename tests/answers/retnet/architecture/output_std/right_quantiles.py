"""2/2: the mean over a million equally likely quantiles."""


def output_std(activation, fan_in, num_layers, growth):
    p = (torch.arange(1_000_000, dtype=torch.float64) + 0.5) / 1_000_000
    a = activation(torch.special.ndtri(p))
    per_branch = growth / num_layers / 2
    return float(torch.sqrt(per_branch / (fan_in * (a * a).mean())))
