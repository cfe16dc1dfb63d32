"""2/2: raises an exception of its own in the hook to stop at the first broken output."""


class Found(Exception):
    pass


def first_broken(model, x):
    def watch(module, args, output):
        if not bool(torch.isfinite(output).all()):
            raise Found(paths[module])

    paths = {module: path for path, module in model.named_modules()}
    handles = [module.register_forward_hook(watch) for module in paths]
    try:
        model(x)
    except Found as found:
        return found.args[0]
    finally:
        for handle in handles:
            handle.remove()
    return None
