"""0/2: the penalty of the Wasserstein GAN, which asks for slope 1."""


def gradient_penalty(f, x):
    inputs = x.detach().clone().requires_grad_()
    (g,) = torch.autograd.grad(f(inputs).sum(), inputs, create_graph=True)
    return ((g.norm(dim=1) - 1) ** 2).mean()
