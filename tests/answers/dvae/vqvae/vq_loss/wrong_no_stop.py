"""1/2: no stop-gradient at all."""


def vq_loss(z_e, e_k, commitment=0.25):
    return (1 + commitment) * (z_e - e_k).square().flatten(1).sum(1)
