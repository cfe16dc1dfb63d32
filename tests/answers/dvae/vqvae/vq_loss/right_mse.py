"""2/2: mse_loss without reduction, the sum over all dimensions but the first."""


def vq_loss(z_e, e_k, commitment=0.25):
    from torch.nn.functional import mse_loss

    dims = tuple(range(1, z_e.dim()))
    codebook = mse_loss(e_k, z_e.detach(), reduction="none").sum(dims)
    return codebook + commitment * mse_loss(z_e, e_k.detach(), reduction="none").sum(dims)
