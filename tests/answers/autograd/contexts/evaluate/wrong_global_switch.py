"""1/2: switches tracking on afterwards, also for a caller who had it off."""


def evaluate(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    torch.set_grad_enabled(False)
    try:
        return model(x)
    finally:
        torch.set_grad_enabled(True)
        for m, mode in modes:
            m.training = mode
