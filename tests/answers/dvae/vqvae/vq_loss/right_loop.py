"""2/2: one image after the other."""


def vq_loss(z_e, e_k, commitment=0.25):
    total = []
    for z, e in zip(z_e, e_k):
        total.append(((z.detach() - e) ** 2).sum() + commitment * ((z - e.detach()) ** 2).sum())
    return torch.stack(total)
