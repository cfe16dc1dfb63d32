"""1/2: tries only sizes that divide the length."""


def best_chunk(length, d_k, d_v, overhead):
    def flops(c):
        return 2 * c * c * d_k + 2 * c * c * d_v + 2 * c * d_k * d_v + 2 * c * d_k * d_v

    def count(size):
        return length // size * flops(size) + flops(length % size)

    def cost(size):
        return count(size) + overhead * -(-length // size)

    size = min((c for c in range(1, length + 1) if length % c == 0), key=cost)
    return size, count(size)
