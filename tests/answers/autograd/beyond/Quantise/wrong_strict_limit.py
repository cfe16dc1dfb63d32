"""1/3: 0 at exactly |x| = limit, where the gradient should pass."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, step, limit):
        ctx.save_for_backward(x)
        ctx.limit = limit
        return step * torch.round(x.clamp(-limit, limit) / step)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * (x.abs() < ctx.limit), None, None
