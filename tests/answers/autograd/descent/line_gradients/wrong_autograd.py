"""0/2: asks autograd."""


def line_gradients(a, b, x, y):
    a = torch.tensor(a, device=x.device, requires_grad=True)
    b = torch.tensor(b, device=x.device, requires_grad=True)
    ((a * x + b - y) ** 2).mean().backward()
    return a.grad, b.grad
