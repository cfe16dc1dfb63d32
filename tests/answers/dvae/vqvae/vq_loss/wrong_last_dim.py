"""0/2: sums over the last dimension only."""


def vq_loss(z_e, e_k, commitment=0.25):
    codebook = (z_e.detach() - e_k).square().sum(-1)
    return codebook + commitment * (z_e - e_k.detach()).square().sum(-1)
