"""0/3: switches gradients off for the whole process and never on again."""


def overwrite(x, new):
    torch.set_grad_enabled(False)
    x.copy_(new)
