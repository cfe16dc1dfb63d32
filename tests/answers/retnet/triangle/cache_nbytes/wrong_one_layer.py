"""0/2: forgets that every layer has a cache."""


def cache_nbytes(config, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    return 2 * config["num_kv_heads"] * d_head * length * batch_size * config["itemsize"]
