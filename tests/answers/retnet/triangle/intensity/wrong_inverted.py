"""0/3: bytes per operation."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    sharing = config["num_heads"] // config["num_kv_heads"]
    operations = 2 * weights * batch_size + 2 * cached * sharing
    return config["itemsize"] * (weights + cached) / operations
