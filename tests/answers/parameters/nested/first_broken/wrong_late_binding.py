"""0/2: the hook made in the loop sees the loop's last path only."""


def first_broken(model, x):
    broken, handles = [], []
    for path, module in model.named_modules():
        handles.append(
            module.register_forward_hook(
                lambda m, args, out: None if out.isfinite().all() else broken.append(path)
            )
        )
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return broken[0] if broken else None
