"""3/3: counts the operations from the queries' side."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    scores = 4 * config["layers"] * config["d_model"] * length * batch_size
    operations = 2 * weights * batch_size + scores
    return operations / (config["itemsize"] * (weights + cached))
