"""0/3: the gradient of the loss of the mean code."""


def exact_gradient(loss, logits):
    with torch.enable_grad():
        leaf = logits.detach().clone().requires_grad_()
        return torch.autograd.grad(loss(leaf.softmax(1)[None]).sum(), leaf)[0]
