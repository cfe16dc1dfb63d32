"""1/2: restores every mode, but not when the model raises."""


def evaluate(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        out = model(x)
    for m, mode in modes:
        m.training = mode
    return out
