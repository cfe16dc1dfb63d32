"""1/2: the formula for whole chunks at every length."""


def chunkwise_cost(length, d_model, d_k, d_v, chunk_size):
    heads, c = d_model // d_k, chunk_size
    flops = heads * length * (2 * c * (d_k + d_v) + 4 * d_k * d_v)
    return flops, c * (1 + d_v / d_k) + 2 * d_v
