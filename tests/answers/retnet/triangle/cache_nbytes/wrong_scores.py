"""0/2: stores the scores, length squared, instead of keys and values."""


def cache_nbytes(config, length, batch_size):
    heads = config["layers"] * config["num_heads"]
    return heads * length**2 * batch_size * config["itemsize"]
