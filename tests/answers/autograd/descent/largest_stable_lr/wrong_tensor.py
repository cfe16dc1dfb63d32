"""0/2: returns a tensor where a float was asked for."""


def largest_stable_lr(loss_fn, w):
    n = w.numel()
    H = torch.autograd.functional.hessian(loss_fn, w.detach()).reshape(n, n)
    return 2 / torch.linalg.eigvalsh(H)[-1]
