"""1/1: lets autograd differentiate the loss with respect to a detached copy of y."""


def mse_upstream(y, target):
    y = y.detach().clone().requires_grad_()
    loss = ((y - target) ** 2).mean()
    return torch.autograd.grad(loss, y)[0]
