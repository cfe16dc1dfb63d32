"""0/2: drops a leaf whose elements equal those of another one."""


def trainable_leaves(output):
    seen, leaves, todo = set(), [], [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn is None or fn in seen:
            continue
        seen.add(fn)
        if hasattr(fn, "variable"):
            v = fn.variable
            if not any(v.shape == leaf.shape and bool((v == leaf).all()) for leaf in leaves):
                leaves.append(v)
        todo += [source for source, _ in fn.next_functions]
    return leaves
