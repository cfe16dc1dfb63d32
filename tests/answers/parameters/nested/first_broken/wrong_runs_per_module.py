"""1/2: runs the model once for every module: slow, and wrong where a run changes something."""


def first_broken(model, x):
    broken = []
    for path, module in model.named_modules():
        handle = module.register_forward_hook(
            lambda m, args, out, path=path: None if out.isfinite().all() else broken.append(path)
        )
        try:
            model(x)
        finally:
            handle.remove()
    deepest = [p for p in broken if not any(q != p and q.startswith(p and p + ".") for q in broken)]
    return deepest[0] if deepest else None
