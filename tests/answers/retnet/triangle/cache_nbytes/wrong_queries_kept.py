"""0/2: keeps the queries too."""


def cache_nbytes(config, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    heads = 2 * config["num_kv_heads"] + config["num_heads"]
    return config["layers"] * heads * d_head * length * batch_size * config["itemsize"]
