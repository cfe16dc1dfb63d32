"""2/3: one use per cached number, also when query heads share it."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    return (2 * weights * batch_size + 2 * cached) / (config["itemsize"] * (weights + cached))
