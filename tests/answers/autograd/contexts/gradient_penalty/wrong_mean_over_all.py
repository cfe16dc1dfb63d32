"""0/2: averages over the elements, which divides by D as well."""


def gradient_penalty(f, x):
    inputs = x.detach().clone().requires_grad_()
    (g,) = torch.autograd.grad(f(inputs).sum(), inputs, create_graph=True)
    return (g**2).mean()
