"""1/2: leaves out the layers, as if both models had as many."""


def break_even(transformer, retnet):
    d_head = transformer["d_model"] // transformer["num_heads"]
    per_token = 2 * transformer["num_kv_heads"] * d_head * transformer["itemsize"]
    d_k = retnet["d_model"] // retnet["num_heads"]
    return 2 * retnet["num_heads"] * d_k**2 * retnet["itemsize"] // per_token + 1
