"""0/2: backward for every row without clearing .grad: each row contains the ones before."""


def jacobian(f, x):
    x = x.detach().clone().requires_grad_()
    y = f(x)
    rows = []
    for element in y.flatten():
        element.backward(retain_graph=True)
        rows.append(x.grad.clone())
    return torch.stack(rows).reshape(*y.shape, *x.shape)
