"""1/2: the root of overhead / (2 (d_k + d_v)), held within 1 and the length: near the best, not the best."""


def best_chunk(length, d_k, d_v, overhead):
    def flops(c):
        return 2 * c * c * d_k + 2 * c * c * d_v + 2 * c * d_k * d_v + 2 * c * d_k * d_v

    def count(size):
        return length // size * flops(size) + flops(length % size)

    def cost(size):
        return count(size) + overhead * -(-length // size)

    size = max(1, min(length, round((overhead / 2 / (d_k + d_v)) ** 0.5)))
    return size, count(size)
