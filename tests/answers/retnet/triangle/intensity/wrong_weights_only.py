"""0/3: forgets the cache."""


def intensity(config, weights, length, batch_size):
    return 2 * batch_size / config["itemsize"]
