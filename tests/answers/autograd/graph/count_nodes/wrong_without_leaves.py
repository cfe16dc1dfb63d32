"""0/3: leaves AccumulateGrad out."""


def count_nodes(output):
    seen, todo = set(), [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn is None or fn in seen or hasattr(fn, "variable"):
            continue
        seen.add(fn)
        todo += [source for source, _ in fn.next_functions]
    return len(seen)
