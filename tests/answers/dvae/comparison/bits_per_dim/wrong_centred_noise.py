"""0/3: noise from -1/2 to 1/2: half of it lands in the neighbouring cell."""


def bits_per_dim(bound, images, levels=256):
    x = ((images + torch.rand(images.shape, device=images.device) - 0.5) / levels).clamp(0, 1)
    return bound(x) / (images[0].numel() * math.log(2)) + math.log2(levels)
