"""0/3: divides by levels - 1: the last cell sticks out of [0, 1]."""


def bits_per_dim(bound, images, levels=256):
    x = (images + torch.rand(images.shape, device=images.device)) / (levels - 1)
    return bound(x) / (images[0].numel() * math.log(2)) + math.log2(levels)
