"""0/1: lets torch's autograd do the task."""


def div_vjps(g, x, y):
    import torch

    a, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y))
    (a / b).backward(torch.tensor(g, dtype=torch.float64))
    return a.grad.numpy(), b.grad.numpy()
