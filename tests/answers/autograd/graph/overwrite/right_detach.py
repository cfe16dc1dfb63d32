"""3/3: writes through detach(), which shares the version counter."""


def overwrite(x, new):
    x.detach().copy_(new)
