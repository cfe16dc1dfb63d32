"""0/2: takes eval() for the switch that stops tracking."""


def evaluate(model, x):
    was = model.training
    model.eval()
    out = model(x)
    model.train(was)
    return out
