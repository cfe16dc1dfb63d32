"""0/2: returns the first in the order of named_modules(): the root, which is broken too."""


def first_broken(model, x):
    broken = {}

    def watch(path):
        def hook(m, args, out):
            broken[path] = not out.isfinite().all()

        return hook

    handles = [m.register_forward_hook(watch(path)) for path, m in model.named_modules()]
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return next((path for path, _ in model.named_modules() if broken.get(path)), None)
