"""1/2: steps, and leaves .grad to be added to by the next backward."""


def step_in_backward(params, lr):
    @torch.no_grad()
    def hook(p):
        p -= lr * p.grad

    return [p.register_post_accumulate_grad_hook(hook) for p in params if p.requires_grad]
