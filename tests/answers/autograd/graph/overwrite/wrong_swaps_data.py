"""0/3: gives x the memory of new, which stays shared."""


def overwrite(x, new):
    x.data = new
