"""2/2: adds up layer by layer and head by head."""


def cache_nbytes(config, length, batch_size):
    total = 0
    for _ in range(config["layers"]):
        for _ in range(config["num_kv_heads"]):
            key = length * (config["d_model"] // config["num_heads"]) * config["itemsize"]
            total += batch_size * (key + key)
    return total
