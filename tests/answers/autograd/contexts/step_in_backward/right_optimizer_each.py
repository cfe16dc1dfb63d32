"""2/2: gives each parameter an SGD of its own and steps it in the hook."""


def step_in_backward(params, lr):
    params = [p for p in params if p.requires_grad]
    sgd = {p: torch.optim.SGD([p], lr=lr) for p in params}

    def hook(p):
        sgd[p].step()
        sgd[p].zero_grad()

    return [p.register_post_accumulate_grad_hook(hook) for p in params]
