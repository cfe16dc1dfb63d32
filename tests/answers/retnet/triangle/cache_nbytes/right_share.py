"""2/2: the full cache, times the share of the heads that keep something."""


def cache_nbytes(config, length, batch_size):
    full = 2 * config["layers"] * config["d_model"] * length * batch_size * config["itemsize"]
    return full * config["num_kv_heads"] // config["num_heads"]
