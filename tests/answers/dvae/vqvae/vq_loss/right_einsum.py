"""2/2: a dot product of each difference with itself."""


def vq_loss(z_e, e_k, commitment=0.25):
    a = (z_e.detach() - e_k).reshape(len(z_e), -1)
    b = (z_e - e_k.detach()).reshape(len(z_e), -1)
    return torch.einsum("bi,bi->b", a, a) + commitment * torch.linalg.vecdot(b, b)
