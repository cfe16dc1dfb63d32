"""2/3: keeps x as an attribute of ctx: an edit of x goes unnoticed."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, step, limit):
        ctx.x, ctx.limit = x, limit
        return step * torch.round(x.clamp(-limit, limit) / step)

    @staticmethod
    def backward(ctx, g):
        return g * (ctx.x.abs() <= ctx.limit), None, None
