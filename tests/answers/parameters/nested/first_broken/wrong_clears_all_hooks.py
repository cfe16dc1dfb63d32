"""1/2: clears every hook, those of the model's owner too."""


def first_broken(model, x):
    broken = []

    def watch(path):
        return lambda m, args, out: None if out.isfinite().all() else broken.append(path)

    for path, m in model.named_modules():
        m.register_forward_hook(watch(path))
    try:
        model(x)
    finally:
        for m in model.modules():
            m._forward_hooks.clear()
    return broken[0] if broken else None
