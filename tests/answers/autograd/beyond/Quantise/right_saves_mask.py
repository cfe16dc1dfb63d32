"""3/3: saves the mask, which an edit of x cannot change."""


class Quantise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, step, limit):
        ctx.save_for_backward((x >= -limit) & (x <= limit))
        return torch.round(torch.clip(x, -limit, limit) / step) * step

    @staticmethod
    def backward(ctx, g):
        (inside,) = ctx.saved_tensors
        return torch.where(inside, g, torch.zeros_like(g)), None, None
