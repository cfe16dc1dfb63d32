"""1/2: always rounds the quotient up and adds one: a token late when it is not whole."""


def break_even(transformer, retnet):
    per_token = 2 * transformer["layers"] * transformer["num_kv_heads"] * transformer["itemsize"]
    per_token *= transformer["d_model"] // transformer["num_heads"]
    d_k = retnet["d_model"] // retnet["num_heads"]
    state = 2 * retnet["layers"] * retnet["num_heads"] * d_k**2 * retnet["itemsize"]
    return -(-state // per_token) + 1
