"""1/2: skips blocks, and goes by registration where execution counts."""


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
    bad = [path for path, m in model.named_modules() if broken.get(path)]
    return max(bad, key=lambda path: path.count(".") + bool(path), default=None)
