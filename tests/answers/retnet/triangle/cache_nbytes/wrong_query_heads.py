"""1/2: counts the query heads, so that sharing keys saves nothing."""


def cache_nbytes(config, length, batch_size):
    return 2 * config["layers"] * config["d_model"] * length * batch_size * config["itemsize"]
