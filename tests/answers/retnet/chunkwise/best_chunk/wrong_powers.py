"""0/2: tries only powers of 2, as one would on a GPU."""


def best_chunk(length, d_k, d_v, overhead):
    def flops(c):
        return 2 * c * c * d_k + 2 * c * c * d_v + 2 * c * d_k * d_v + 2 * c * d_k * d_v

    def count(size):
        return length // size * flops(size) + flops(length % size)

    def cost(size):
        return count(size) + overhead * -(-length // size)

    size = min((2**i for i in range(20) if 2**i <= length), key=cost)
    return size, count(size)
