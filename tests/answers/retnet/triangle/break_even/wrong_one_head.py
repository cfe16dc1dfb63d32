"""0/2: one state a layer, not one a head."""


def break_even(transformer, retnet):
    per_token = 2 * transformer["layers"] * transformer["num_kv_heads"] * transformer["itemsize"]
    per_token *= transformer["d_model"] // transformer["num_heads"]
    d_k = retnet["d_model"] // retnet["num_heads"]
    state = retnet["layers"] * d_k * 2 * d_k * retnet["itemsize"]
    return state // per_token + 1
