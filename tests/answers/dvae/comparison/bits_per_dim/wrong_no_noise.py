"""2/3: the bare levels, without noise. The conversion is right."""


def bits_per_dim(bound, images, levels=256):
    x = images.float() / (levels - 1)
    return bound(x) / (images[0].numel() * math.log(2)) + math.log2(levels)
