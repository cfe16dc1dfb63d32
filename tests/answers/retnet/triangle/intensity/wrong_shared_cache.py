"""0/3: one cache for the whole batch, fetched once like the weights."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length
    sharing = config["num_heads"] // config["num_kv_heads"]
    operations = 2 * batch_size * (weights + cached * sharing)
    return operations / (config["itemsize"] * (weights + cached))
