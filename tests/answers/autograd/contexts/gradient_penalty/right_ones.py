"""2/2: passes a vector of ones and divides by the number of rows."""


def gradient_penalty(f, x):
    leaf = x.detach().requires_grad_(True)
    y = f(leaf)
    g = torch.autograd.grad(y, leaf, grad_outputs=torch.ones_like(y), create_graph=True)[0]
    return g.pow(2).sum() / len(x)
