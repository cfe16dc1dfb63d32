"""1/2: the weight on the codebook loss: the bug that the values do not show."""


def vq_loss(z_e, e_k, commitment=0.25):
    codebook = (z_e.detach() - e_k).square().flatten(1).sum(1)
    commit = (z_e - e_k.detach()).square().flatten(1).sum(1)
    return commitment * codebook + commit
