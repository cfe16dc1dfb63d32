"""1/2: both stop-gradients on the wrong tensor."""


def vq_loss(z_e, e_k, commitment=0.25):
    codebook = (z_e - e_k.detach()).square().flatten(1).sum(1)
    commit = (z_e.detach() - e_k).square().flatten(1).sum(1)
    return codebook + commitment * commit
