"""0/3: keeps x on the class, where a second call overwrites it."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, step, limit):
        Quantise.x, Quantise.limit = x, limit
        return step * torch.round(x.clamp(-limit, limit) / step)

    @staticmethod
    def backward(ctx, g):
        return g * (Quantise.x.abs() <= Quantise.limit), None, None
