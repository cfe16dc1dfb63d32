"""2/3: counts correctly and runs into the recursion limit on a long chain."""


def count_nodes(output):
    seen = set()

    def visit(fn):
        if fn is None or fn in seen:
            return
        seen.add(fn)
        for source, _ in fn.next_functions:
            visit(source)

    visit(output.grad_fn)
    return len(seen)
