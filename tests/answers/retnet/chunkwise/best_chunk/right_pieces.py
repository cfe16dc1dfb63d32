"""2/2: a list of the chunks' lengths for every size, the smallest tuple."""


def best_chunk(length, d_k, d_v, overhead):
    options = []
    for size in range(1, length + 1):
        pieces = [min(size, length - start) for start in range(0, length, size)]
        flops = sum(2 * c * (c * (d_k + d_v) + 2 * d_k * d_v) for c in pieces)
        options.append((flops + overhead * len(pieces), size, flops))
    _, size, flops = min(options)
    return size, flops
