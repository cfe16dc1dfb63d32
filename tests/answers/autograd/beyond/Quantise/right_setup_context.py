"""3/3: forward and setup_context apart, and a copy of x kept."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(x, step, limit):
        return (
            torch.minimum(torch.maximum(x, -x.new_tensor(limit)), x.new_tensor(limit))
            .div(step)
            .round()
            .mul(step)
        )

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, step, limit = inputs
        ctx.limit = limit
        ctx.copy = x.clone()

    @staticmethod
    def backward(ctx, g):
        g = g.clone()
        g[ctx.copy.abs() > ctx.limit] = 0
        return g, None, None
