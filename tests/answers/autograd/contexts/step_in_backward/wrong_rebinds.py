"""0/2: assigns to the local name, and no parameter changes."""


def step_in_backward(params, lr):
    def hook(p):
        p.grad, grad = None, p.grad
        p = p - lr * grad

    return [p.register_post_accumulate_grad_hook(hook) for p in params if p.requires_grad]
