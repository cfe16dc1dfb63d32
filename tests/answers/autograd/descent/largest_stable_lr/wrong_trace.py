"""0/2: takes the sum of the eigenvalues for the largest."""


def largest_stable_lr(loss_fn, w):
    n = w.numel()
    H = torch.autograd.functional.hessian(loss_fn, w.detach()).reshape(n, n)
    return 2 / torch.linalg.eigvalsh(H).sum().item()
