"""2/2: uses backward, told to fill the stand-in's .grad only."""


def vjp(f, x, v):
    stand_in = x.detach().clone().requires_grad_(True)
    f(stand_in).backward(v, inputs=[stand_in])
    return torch.zeros_like(stand_in).detach() if stand_in.grad is None else stand_in.grad
