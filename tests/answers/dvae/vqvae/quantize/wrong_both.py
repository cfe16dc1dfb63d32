"""1/2: detaches z_e only: the encoder gets the copy, and the codebook the gradient too."""


def quantize(z_e, codebook):
    vectors = z_e.detach().movedim(1, -1)
    flat = vectors.reshape(-1, z_e.shape[1])
    codes = torch.cdist(flat, codebook.detach()).argmin(1).reshape(vectors.shape[:-1])
    e_k = codebook[codes].movedim(-1, 1)
    return z_e + e_k - z_e.detach(), codes
