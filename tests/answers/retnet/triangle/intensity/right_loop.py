"""3/3: sequence by sequence, layer by layer."""


def intensity(config, weights, length, batch_size):
    numbers, operations = weights, 0
    for _ in range(batch_size):
        operations += 2 * weights
        for _ in range(config["layers"]):
            numbers += (
                2 * length * config["d_model"] * config["num_kv_heads"] // config["num_heads"]
            )
            operations += 4 * length * config["d_model"]
    return operations / (numbers * config["itemsize"])
