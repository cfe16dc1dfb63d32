"""2/2: registers one function per parameter and checks requires_grad in a loop."""


def step_in_backward(params, lr):
    handles = []
    for p in params:
        if not p.requires_grad:
            continue

        def hook(param):
            with torch.no_grad():
                param.add_(param.grad, alpha=-lr)
            param.grad = None

        handles.append(p.register_post_accumulate_grad_hook(hook))
    return handles
