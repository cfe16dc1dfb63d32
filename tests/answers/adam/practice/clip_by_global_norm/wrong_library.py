"""0/3: calls torch's own function, which the task forbids."""


def clip_by_global_norm(params, max_norm):
    return torch.nn.utils.clip_grad_norm_(params, max_norm)
