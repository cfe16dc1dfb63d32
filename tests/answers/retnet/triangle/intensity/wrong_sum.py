"""0/3: adds the two intensities."""


def intensity(config, weights, length, batch_size):
    sharing = config["num_heads"] // config["num_kv_heads"]
    return 2 * batch_size / config["itemsize"] + (length > 0) * 2 * sharing / config["itemsize"]
