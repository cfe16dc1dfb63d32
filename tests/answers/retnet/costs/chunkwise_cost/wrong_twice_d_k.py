"""1/2: the crossover of d_v = 2 d_k at every size."""


def chunkwise_cost(length, d_model, d_k, d_v, chunk_size):
    heads, flops = d_model // d_k, 0
    for start in range(0, length, chunk_size):
        c = min(chunk_size, length - start)
        flops += 2 * c * c * (d_k + d_v) + 4 * c * d_k * d_v
    same = 2 * (chunk_size + d_k)
    return heads * flops, same if d_v == d_k else 3 * chunk_size + 4 * d_k
