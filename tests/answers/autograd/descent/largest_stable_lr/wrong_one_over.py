"""0/2: 1 over the largest eigenvalue: safe, and not the bound."""


def largest_stable_lr(loss_fn, w):
    n = w.numel()
    H = torch.autograd.functional.hessian(loss_fn, w.detach()).reshape(n, n)
    return 1 / torch.linalg.eigvalsh(H)[-1].item()
