"""1/2: hides the model's own error."""


def first_broken(model, x):
    broken = []

    def watch(path):
        return lambda m, args, out: None if out.isfinite().all() else broken.append(path)

    handles = [m.register_forward_hook(watch(path)) for path, m in model.named_modules()]
    try:
        model(x)
    except Exception:
        return None
    finally:
        for handle in handles:
            handle.remove()
    return broken[0] if broken else None
