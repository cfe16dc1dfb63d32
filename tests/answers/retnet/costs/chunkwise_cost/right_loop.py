"""2/2: walks over the chunks; the crossover per head."""


def chunkwise_cost(length, d_model, d_k, d_v, chunk_size):
    heads, flops = d_model // d_k, 0
    for start in range(0, length, chunk_size):
        c = min(chunk_size, length - start)
        flops += 2 * c * d_k * c + 2 * c * c * d_v + 2 * c * d_k * d_v + 2 * d_k * c * d_v
    return heads * flops, chunk_size * (1 + d_v / d_k) + 2 * d_v
