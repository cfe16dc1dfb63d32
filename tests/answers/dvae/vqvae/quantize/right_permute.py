"""2/2: permute, one-hot times codebook."""


def quantize(z_e, codebook):
    b, d, h, w = z_e.shape
    flat = z_e.permute(0, 2, 3, 1).reshape(-1, d)
    codes = (flat.unsqueeze(1) - codebook).norm(dim=2).argmin(1)
    one_hot = torch.nn.functional.one_hot(codes, len(codebook)).to(codebook.dtype)
    z_q = (one_hot @ codebook.detach()).reshape(b, h, w, d).permute(0, 3, 1, 2)
    return z_e + (z_q - z_e).detach(), codes.reshape(b, h, w)
