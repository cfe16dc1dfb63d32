"""0/2: takes d_v for d_k: a state of half the size."""


def break_even(transformer, retnet):
    per_token = 2 * transformer["layers"] * transformer["num_kv_heads"] * transformer["itemsize"]
    per_token *= transformer["d_model"] // transformer["num_heads"]
    d_k = retnet["d_model"] // retnet["num_heads"]
    state = retnet["layers"] * retnet["num_heads"] * d_k * d_k * retnet["itemsize"]
    return state // per_token + 1
