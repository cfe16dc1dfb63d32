"""2/3: seeds inside: the same noise in every call."""


def bits_per_dim(bound, images, levels=256):
    torch.manual_seed(0)
    x = (images + torch.rand(images.shape, device=images.device)) / levels
    return bound(x) / (images[0].numel() * math.log(2)) + math.log2(levels)
