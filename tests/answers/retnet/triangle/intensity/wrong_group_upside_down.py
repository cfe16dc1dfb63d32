"""2/3: divides by the number of sharing heads."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    sharing = config["num_kv_heads"] / config["num_heads"]
    operations = 2 * weights * batch_size + 2 * cached * sharing
    return operations / (config["itemsize"] * (weights + cached))
