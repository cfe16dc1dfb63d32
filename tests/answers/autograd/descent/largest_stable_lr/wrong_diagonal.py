"""0/2: takes the largest second derivative on the diagonal and ignores the mixed ones."""


def largest_stable_lr(loss_fn, w):
    n = w.numel()
    H = torch.autograd.functional.hessian(loss_fn, w.detach()).reshape(n, n)
    return 2 / H.diagonal().max().item()
