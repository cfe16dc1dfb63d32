"""0/2: detaches the output: dropout is active, and a graph was recorded for nothing."""


def evaluate(model, x):
    return model(x).detach()
