"""2/3: fetches keys and values once for every query head that looks at them."""


def intensity(config, weights, length, batch_size):
    cached = 2 * config["layers"] * config["d_model"] * length * batch_size
    return (2 * weights * batch_size + 2 * cached) / (config["itemsize"] * (weights + cached))
