"""2/2: runs in inference mode and hands out an ordinary copy."""


def evaluate(model, x):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    try:
        with torch.inference_mode():
            out = model(x)
    finally:
        for m, mode in modes.items():
            m.training = mode
    return out.clone()
