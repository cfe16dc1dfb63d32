"""0/2: the hook uses the loop variable, which is the last parameter by then."""


def step_in_backward(params, lr):
    handles = []
    for p in params:
        if p.requires_grad:

            def hook(_):
                with torch.no_grad():
                    if p.grad is not None:
                        p.sub_(lr * p.grad)
                        p.grad = None

            handles.append(p.register_post_accumulate_grad_hook(hook))
    return handles
