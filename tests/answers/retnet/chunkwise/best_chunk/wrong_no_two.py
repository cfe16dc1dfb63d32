"""0/2: counts a multiplication and an addition as one."""


def best_chunk(length, d_k, d_v, overhead):
    def flops(c):
        return c * c * d_k + c * c * d_v + c * d_k * d_v + c * d_k * d_v

    def count(size):
        return length // size * flops(size) + flops(length % size)

    def cost(size):
        return count(size) + overhead * -(-length // size)

    size = min(range(1, length + 1), key=cost)
    return size, count(size)
