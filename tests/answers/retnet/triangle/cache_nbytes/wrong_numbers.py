"""0/2: counts numbers and calls them bytes."""


def cache_nbytes(config, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    return 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
