"""0/3: counts a multiplication and its addition as one operation."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    sharing = config["num_heads"] // config["num_kv_heads"]
    operations = weights * batch_size + cached * sharing
    return operations / (config["itemsize"] * (weights + cached))
