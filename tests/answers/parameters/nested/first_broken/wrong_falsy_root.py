"""1/2: takes the path "" for nothing."""


def first_broken(model, x):
    first = ""

    def watch(path):
        def hook(m, args, out):
            nonlocal first
            if not out.isfinite().all():
                first = first or path

        return hook

    handles = [m.register_forward_hook(watch(path)) for path, m in model.named_modules()]
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return first or None
