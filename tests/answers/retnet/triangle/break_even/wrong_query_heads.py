"""1/2: a cache for every query head."""


def break_even(transformer, retnet):
    d_k = retnet["d_model"] // retnet["num_heads"]
    state = 2 * retnet["layers"] * retnet["num_heads"] * d_k**2 * retnet["itemsize"]
    per_token = 2 * transformer["layers"] * transformer["d_model"] * transformer["itemsize"]
    return state // per_token + 1
