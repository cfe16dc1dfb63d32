"""2/2: power iteration with Hessian-vector products, without the matrix."""


def largest_stable_lr(loss_fn, w):
    w = w.detach().clone().requires_grad_()
    (grad,) = torch.autograd.grad(loss_fn(w), w, create_graph=True)
    v = torch.linspace(1, 2, w.numel(), dtype=w.dtype).reshape(w.shape)
    for _ in range(2000):
        (Hv,) = torch.autograd.grad(grad, w, v, retain_graph=True)
        largest = (v * Hv).sum() / (v * v).sum()
        v = Hv / Hv.norm()
    return 2 / largest.item()
