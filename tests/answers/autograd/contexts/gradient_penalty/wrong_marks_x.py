"""1/2: sets requires_grad on the caller's x and leaves it set."""


def gradient_penalty(f, x):
    x.requires_grad_()
    (g,) = torch.autograd.grad(f(x).sum(), x, create_graph=True)
    return (g**2).sum(1).mean()
