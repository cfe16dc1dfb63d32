"""1/2: a single head."""


def chunkwise_cost(length, d_model, d_k, d_v, chunk_size):
    flops = 0
    for start in range(0, length, chunk_size):
        c = min(chunk_size, length - start)
        flops += 2 * c * c * (d_k + d_v) + 4 * c * d_k * d_v
    return flops, chunk_size * (1 + d_v / d_k) + 2 * d_v
