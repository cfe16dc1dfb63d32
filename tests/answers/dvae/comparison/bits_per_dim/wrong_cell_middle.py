"""2/3: the middle of the cell in place of noise: a density may be a spike there."""


def bits_per_dim(bound, images, levels=256):
    x = (images + 0.5) / levels
    return bound(x) / (images[0].numel() * math.log(2)) + math.log2(levels)
