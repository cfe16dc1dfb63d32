"""0/2: the paper's 4 d n (b + h), which takes d_v = d_k."""


def chunkwise_cost(length, d_model, d_k, d_v, chunk_size):
    flops = 4 * d_model * length * (chunk_size + d_k)
    return flops, 2 * (chunk_size + d_k)
