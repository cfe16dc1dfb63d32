"""died 2/4: reads where nothing is."""


def double(x):
    import ctypes

    ctypes.string_at(0)
