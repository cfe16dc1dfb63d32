"""0/2: returns a leaf once for each path that leads to it."""


def trainable_leaves(output):
    leaves, todo = [], [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn is None:
            continue
        if hasattr(fn, "variable"):
            leaves.append(fn.variable)
        todo += [source for source, _ in fn.next_functions]
    return leaves
