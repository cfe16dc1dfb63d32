"""0/3: keeps the names of functions, so that two multiplications count once."""


def count_nodes(output):
    names, todo = set(), [output.grad_fn]
    while todo:
        fn = todo.pop()
        if fn is None or fn.name() in names:
            continue
        names.add(fn.name())
        todo += [source for source, _ in fn.next_functions]
    return len(names)
