"""1/2: gives every module the mode of the whole: a frozen part starts to train."""


@torch.no_grad()
def evaluate(model, x):
    was = model.training
    model.eval()
    try:
        return model(x)
    finally:
        model.train(was)
