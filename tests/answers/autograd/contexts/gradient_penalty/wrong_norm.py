"""0/2: forgets the square."""


def gradient_penalty(f, x):
    inputs = x.detach().clone().requires_grad_()
    (g,) = torch.autograd.grad(f(inputs).sum(), inputs, create_graph=True)
    return g.norm(dim=1).mean()
