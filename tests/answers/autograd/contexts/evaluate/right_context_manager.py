"""2/2: restores the modes in a context manager of its own."""

from contextlib import contextmanager


@contextmanager
def in_eval_mode(model):
    training = {m for m in model.modules() if m.training}
    model.train(False)
    try:
        yield
    finally:
        for m in training:
            m.training = True


@torch.no_grad()
def evaluate(model, x):
    with in_eval_mode(model):
        return model(x)
