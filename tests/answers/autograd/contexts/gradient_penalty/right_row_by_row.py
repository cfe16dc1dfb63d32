"""2/2: differentiates each row by itself."""


def gradient_penalty(f, x):
    norms = []
    for row in x.detach():
        row = row.clone().unsqueeze(0).requires_grad_()
        (g,) = torch.autograd.grad(f(row), row, torch.ones(1, device=x.device), create_graph=True)
        norms.append(g.square().sum())
    return torch.stack(norms).mean()
