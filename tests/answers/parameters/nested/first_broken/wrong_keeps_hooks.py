"""1/2: never takes its hooks off."""


def first_broken(model, x):
    broken = []

    def watch(path):
        return lambda m, args, out: None if out.isfinite().all() else broken.append(path)

    for path, m in model.named_modules():
        m.register_forward_hook(watch(path))
    model(x)
    return broken[0] if broken else None
