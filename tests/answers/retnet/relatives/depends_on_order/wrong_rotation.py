"""1/2: the past moved on by two tokens, nothing else: signs that alternate look the same after it."""


def depends_on_order(mixer, x):
    y = mixer(x)[:, -1]
    other = torch.cat([x[:, :-1].roll(2, 1), x[:, -1:]], 1)
    return bool((mixer(other)[:, -1] - y).abs().max() > 1e-5 * y.abs().max())
