"""3/3: one division by the squared length, at the writing, and reads with the length's."""


def read_back(keys, values):
    size = keys.pow(2).sum(1, keepdim=True).sqrt()
    S = (keys / size).mT.matmul(values)
    return keys.matmul(S).div(size)
