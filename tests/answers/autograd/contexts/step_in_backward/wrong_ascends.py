"""0/2: adds the gradient instead of subtracting it."""


def step_in_backward(params, lr):
    @torch.no_grad()
    def hook(p):
        p += lr * p.grad
        p.grad = None

    return [p.register_post_accumulate_grad_hook(hook) for p in params if p.requires_grad]
