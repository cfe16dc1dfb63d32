"""3/3: a helper with a memo as an argument."""


def swap(parent, kind, make, memo, seen):
    if parent in seen:
        return
    seen.add(parent)
    for name, child in tuple(parent._modules.items()):
        if child is None:
            continue
        if isinstance(child, kind):
            memo.setdefault(child, None)
            if memo[child] is None:
                memo[child] = make(child)
            parent.add_module(name, memo[child])
        else:
            swap(child, kind, make, memo, seen)


def replace_modules(model, kind, make):
    memo = {}
    swap(model, kind, make, memo, set())
    return len(memo)
