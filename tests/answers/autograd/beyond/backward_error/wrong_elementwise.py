"""1/2: shifts all inputs at once: right only where output i depends on input i alone."""


def backward_error(fn, backward, x):
    x, h = x.detach().cpu().double(), 1e-6
    numerical = (fn(x + h) - fn(x - h)) / (2 * h)
    return (backward(x, torch.ones_like(numerical)) - numerical).abs().max().item()
