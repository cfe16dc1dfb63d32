"""0/3: recomputes and differentiates the rounding, whose derivative is 0."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, step, limit):
        ctx.save_for_backward(x)
        ctx.args = step, limit
        return step * torch.round(x.clamp(-limit, limit) / step)

    @staticmethod
    def backward(ctx, g):
        step, limit = ctx.args
        x = ctx.saved_tensors[0].detach().requires_grad_()
        with torch.enable_grad():
            y = step * torch.round(x.clamp(-limit, limit) / step)
        return torch.autograd.grad(y, x, g)[0], None, None
