"""2/2: an ExitStack removes the hooks, and a default argument keeps each path."""

from contextlib import ExitStack


def first_broken(model, x):
    log = []
    with ExitStack() as stack:
        for path, module in model.named_modules():

            def hook(m, args, out, path=path):
                log.append((path, out.isnan().any() or out.isinf().any()))

            stack.callback(module.register_forward_hook(hook).remove)
        model(x)
    return next((path for path, broken in log if broken), None)
