"""1/3: forgets the + log2(levels): bits of a density. The noise is right."""


def bits_per_dim(bound, images, levels=256):
    x = (images + torch.rand(images.shape, device=images.device)) / levels
    return bound(x) / (images[0].numel() * math.log(2))
