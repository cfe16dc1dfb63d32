"""1/2: keeps the handles to itself."""


def step_in_backward(params, lr):
    @torch.no_grad()
    def hook(p):
        p.sub_(p.grad, alpha=lr)
        p.grad = None

    for p in params:
        if p.requires_grad:
            p.register_post_accumulate_grad_hook(hook)
