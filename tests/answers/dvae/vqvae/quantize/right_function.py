"""2/2: an autograd function whose backward passes the gradient on."""


class Copy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z_e, e_k):
        return e_k.clone()

    @staticmethod
    def backward(ctx, grad):
        return grad, None


def quantize(z_e, codebook):
    vectors = z_e.detach().movedim(1, -1)
    flat = vectors.reshape(-1, z_e.shape[1])
    codes = torch.cdist(flat, codebook.detach()).argmin(1).reshape(vectors.shape[:-1])
    e_k = codebook[codes].movedim(-1, 1)
    return Copy.apply(z_e, e_k.detach()), codes
