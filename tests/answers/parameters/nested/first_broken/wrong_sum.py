"""1/2: asks whether the sum is finite, and large entries overflow it."""


def first_broken(model, x):
    broken = []

    def watch(path):
        return lambda m, args, out: None if out.sum().isfinite() else broken.append(path)

    handles = [m.register_forward_hook(watch(path)) for path, m in model.named_modules()]
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return broken[0] if broken else None
