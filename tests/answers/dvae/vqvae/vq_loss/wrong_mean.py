"""0/2: the mean over the elements."""


def vq_loss(z_e, e_k, commitment=0.25):
    codebook = (z_e.detach() - e_k).square().flatten(1).mean(1)
    commit = (z_e - e_k.detach()).square().flatten(1).mean(1)
    return codebook + commitment * commit
