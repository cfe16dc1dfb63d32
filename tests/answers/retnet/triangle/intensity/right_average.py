"""3/3: the two intensities, weighted by the bytes that they stand for."""


def intensity(config, weights, length, batch_size):
    d_head = config["d_model"] // config["num_heads"]
    cached = 2 * config["layers"] * config["num_kv_heads"] * d_head * length * batch_size
    of_weights = 2 * batch_size / config["itemsize"]
    of_cache = 2 * config["num_heads"] / config["num_kv_heads"] / config["itemsize"]
    share = weights / (weights + cached)
    return share * of_weights + (1 - share) * of_cache
