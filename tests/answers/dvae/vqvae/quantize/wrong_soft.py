"""1/2: adds a gradient through the distances to the codebook: a softmax behind the straight-through copy."""


def quantize(z_e, codebook):
    vectors = z_e.detach().movedim(1, -1)
    flat = vectors.reshape(-1, z_e.shape[1])
    codes = torch.cdist(flat, codebook.detach()).argmin(1).reshape(vectors.shape[:-1])
    e_k = codebook[codes].movedim(-1, 1)
    soft = torch.softmax(-torch.cdist(z_e.movedim(1, -1).reshape(-1, z_e.shape[1]), codebook), 1)
    soft = (soft @ codebook).reshape(vectors.shape).movedim(-1, 1)
    return soft + (e_k - soft).detach(), codes
