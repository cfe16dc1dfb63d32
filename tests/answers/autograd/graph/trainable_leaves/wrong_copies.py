"""0/2: returns copies of the leaves, which no optimizer could train."""


def trainable_leaves(output):
    seen, leaves, todo = set(), [], [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn is None or fn in seen:
            continue
        seen.add(fn)
        if hasattr(fn, "variable"):
            leaves.append(fn.variable.detach().clone())
        todo += [source for source, _ in fn.next_functions]
    return leaves
