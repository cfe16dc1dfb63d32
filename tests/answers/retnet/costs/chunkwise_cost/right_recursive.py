"""2/2: the first chunk, and then the rest."""


def chunkwise_cost(length, d_model, d_k, d_v, chunk_size):
    c = min(length, chunk_size)
    flops = d_model // d_k * (2 * c * c * (d_k + d_v) + 4 * c * d_k * d_v)
    if length > chunk_size:
        flops += chunkwise_cost(length - c, d_model, d_k, d_v, chunk_size)[0]
    return flops, (chunk_size * (d_k + d_v) + 2 * d_k * d_v) / d_k
