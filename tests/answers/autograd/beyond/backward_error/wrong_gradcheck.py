"""0/2: leaves it to torch.autograd.gradcheck, and returns 0 or 1."""


def backward_error(fn, backward, x):
    class F(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return fn(x)

        @staticmethod
        def backward(ctx, g):
            return backward(ctx.saved_tensors[0], g)

    x = x.detach().cpu().double().requires_grad_()
    return 0.0 if torch.autograd.gradcheck(F.apply, x, raise_exception=False) else 1.0
