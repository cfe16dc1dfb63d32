"""1/2: catches the error of the model and returns None."""


@torch.no_grad()
def evaluate(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        return model(x)
    except Exception:
        return None
    finally:
        for m, mode in modes:
            m.training = mode
