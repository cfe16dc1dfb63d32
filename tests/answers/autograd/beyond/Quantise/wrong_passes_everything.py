"""0/3: passes the gradient where x was clipped, too."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, step, limit):
        return step * torch.round(x.clamp(-limit, limit) / step)

    @staticmethod
    def backward(ctx, g):
        return g, None, None
