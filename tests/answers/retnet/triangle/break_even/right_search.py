"""2/2: adds tokens until the cache is larger."""


def break_even(transformer, retnet):
    per_token = 2 * transformer["layers"] * transformer["num_kv_heads"] * transformer["itemsize"]
    per_token *= transformer["d_model"] // transformer["num_heads"]
    d_k = retnet["d_model"] // retnet["num_heads"]
    state = 2 * retnet["layers"] * retnet["num_heads"] * d_k**2 * retnet["itemsize"]
    length = 1
    while length * per_token <= state:
        length += 1
    return length
