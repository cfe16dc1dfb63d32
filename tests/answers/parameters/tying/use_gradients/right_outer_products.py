"""2/2: dL/dW is dL/dy^T x for each use: differentiates with respect to the outputs."""


def use_gradients(net, layer, x, loss_fn):
    inputs, outputs = [], []
    h = x.detach().clone().requires_grad_()
    for module in net:
        before, h = h, module(h)
        if module is layer:
            inputs.append(before.detach())
            outputs.append(h)
    upstream = torch.autograd.grad(loss_fn(h), outputs)
    return [v.T @ a for v, a in zip(upstream, inputs)]
