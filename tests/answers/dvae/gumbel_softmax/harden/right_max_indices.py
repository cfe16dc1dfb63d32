"""2/2: torch.max for the index, and a comparison with the class numbers."""


def harden(soft):
    k = soft.max(1, keepdim=True).indices
    classes = torch.arange(soft.shape[1], device=soft.device)
    classes = classes.view(1, -1, *[1] * (soft.dim() - 2))
    hard = (classes == k).to(soft.dtype)
    return hard + (soft - soft.detach())
