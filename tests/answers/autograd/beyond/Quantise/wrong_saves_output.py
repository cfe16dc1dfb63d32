"""0/3: judges clipping by the output, which was clipped: everything passes."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, step, limit):
        y = step * torch.round(x.clamp(-limit, limit) / step)
        ctx.save_for_backward(y)
        ctx.limit = limit
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return g * (y.abs() <= ctx.limit), None, None
