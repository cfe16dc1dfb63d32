"""out of memory 2/4: asks for more memory than it may have."""


def double(x):
    return bytearray(10**11)
