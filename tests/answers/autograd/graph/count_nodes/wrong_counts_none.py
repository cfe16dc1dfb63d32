"""0/3: counts the missing edge of a constant as a node."""


def count_nodes(output):
    seen, todo = set(), [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn in seen:
            continue
        seen.add(fn)
        if fn is not None:
            todo += [source for source, _ in fn.next_functions]
    return len(seen)
