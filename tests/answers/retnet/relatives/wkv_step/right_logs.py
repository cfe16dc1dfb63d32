"""3/3: mean and logarithm of the total weight: two tensors."""


def wkv_step(k, v, decay, bonus, state):
    if state is None:
        return v.clone(), (v.clone(), k.clone())
    mean, log_weight = state  # of the tokens before, the last of them not faded yet

    def blend(log_new):
        share = torch.sigmoid(log_new - log_weight_now)
        return mean + share * (v - mean)

    log_weight_now = log_weight
    y = blend(k + bonus)
    log_weight_now = log_weight - decay
    return y, (blend(k), torch.logaddexp(log_weight_now, k))
