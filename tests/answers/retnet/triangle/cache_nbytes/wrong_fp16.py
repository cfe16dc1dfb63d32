"""0/2: two bytes a number, whatever itemsize says: wrong in the first cell, and in the second from fp32 on."""


def cache_nbytes(config, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    return 4 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
