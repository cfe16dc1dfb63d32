"""0/2: an infinity is not a NaN."""


def first_broken(model, x):
    broken = []

    def watch(path):
        return lambda m, args, out: broken.append(path) if out.isnan().any() else None

    handles = [m.register_forward_hook(watch(path)) for path, m in model.named_modules()]
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return broken[0] if broken else None
