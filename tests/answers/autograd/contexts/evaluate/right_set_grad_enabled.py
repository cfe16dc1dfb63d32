"""2/2: uses set_grad_enabled as a context, and catches and raises again."""


def evaluate(model, x):
    before = {name: m.training for name, m in model.named_modules()}

    def restore():
        for name, m in model.named_modules():
            m.training = before[name]

    model.eval()
    with torch.set_grad_enabled(False):
        try:
            out = model(x)
        except BaseException:
            restore()
            raise
    restore()
    return out
