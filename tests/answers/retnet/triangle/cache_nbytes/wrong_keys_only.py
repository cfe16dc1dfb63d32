"""0/2: forgets the values, and with them a factor of 2."""


def cache_nbytes(config, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    numbers = config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    return numbers * config["itemsize"]
