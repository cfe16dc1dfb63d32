"""0/3: counts the edges instead of the nodes."""


def count_nodes(output):
    seen, edges, todo = set(), 0, [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn is None or fn in seen:
            continue
        seen.add(fn)
        for source, _ in fn.next_functions:
            edges += source is not None
            todo.append(source)
    return edges
