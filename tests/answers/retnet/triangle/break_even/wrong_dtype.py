"""1/2: compares numbers, not bytes: an fp32 state counts half."""


def break_even(transformer, retnet):
    heads = transformer["layers"] * transformer["num_kv_heads"]
    per_token = 2 * heads * (transformer["d_model"] // transformer["num_heads"])
    d_k = retnet["d_model"] // retnet["num_heads"]
    state = retnet["layers"] * retnet["num_heads"] * d_k * 2 * d_k
    return state // per_token + 1
