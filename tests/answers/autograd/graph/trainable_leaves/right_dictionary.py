"""2/2: collects the leaves by identity in a dictionary."""


def trainable_leaves(output):
    leaves, seen, todo = {}, set(), [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn is None or fn in seen:
            continue
        seen.add(fn)
        v = getattr(fn, "variable", None)
        if v is not None:
            leaves[id(v)] = v
        todo.extend(f for f, _ in fn.next_functions)
    return list(leaves.values())
