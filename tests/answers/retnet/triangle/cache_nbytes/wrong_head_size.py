"""1/2: divides the width by the key heads: a head that grows as heads are shared."""


def cache_nbytes(config, length, batch_size):
    d_head = config["d_model"] // config["num_kv_heads"]
    heads = config["layers"] * config["num_kv_heads"]
    return 2 * heads * d_head * length * batch_size * config["itemsize"]
