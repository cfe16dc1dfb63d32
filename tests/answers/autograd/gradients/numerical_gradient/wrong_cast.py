"""1/3: makes tensors of f's results: a Python number becomes a float32, and half of its digits are gone. With an f made of torch it is right."""


def numerical_gradient(f, x, h=1e-5):
    flat = x.detach().double().flatten()
    grad = torch.zeros_like(flat)
    for i in range(flat.numel()):
        up, down = flat.clone(), flat.clone()
        up[i] += h
        down[i] -= h
        up, down = torch.as_tensor(f(up.view(x.shape))), torch.as_tensor(f(down.view(x.shape)))
        grad[i] = (up.detach().double() - down.detach().double()).item() / (2 * h)
    return grad.view(x.shape)
