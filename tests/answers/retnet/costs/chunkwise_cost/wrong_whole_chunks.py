"""1/2: pads the last chunk to the full size."""


def chunkwise_cost(length, d_model, d_k, d_v, chunk_size):
    chunks, heads = math.ceil(length / chunk_size), d_model // d_k
    c = chunk_size
    flops = heads * chunks * (2 * c * c * (d_k + d_v) + 4 * c * d_k * d_v)
    return flops, c * (1 + d_v / d_k) + 2 * d_v
