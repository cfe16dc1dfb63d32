"""0/3: copies in place outside no_grad, which torch refuses for a leaf."""


def overwrite(x, new):
    x.copy_(new)
