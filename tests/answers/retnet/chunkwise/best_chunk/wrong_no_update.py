"""0/2: forgets the product that updates the state."""


def best_chunk(length, d_k, d_v, overhead):
    def flops(c):
        return 2 * c * c * d_k + 2 * c * c * d_v + 2 * c * d_k * d_v

    def count(size):
        return length // size * flops(size) + flops(length % size)

    def cost(size):
        return count(size) + overhead * -(-length // size)

    size = min(range(1, length + 1), key=cost)
    return size, count(size)
