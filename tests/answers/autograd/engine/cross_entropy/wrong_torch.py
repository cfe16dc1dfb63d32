"""0/2: lets torch compute both."""


def cross_entropy(logits, labels):
    import torch

    z = torch.from_numpy(logits.copy()).requires_grad_()
    loss = torch.nn.functional.cross_entropy(z, torch.from_numpy(labels))
    (grad,) = torch.autograd.grad(loss, z)
    return loss.item(), lambda g: g * grad.numpy()
