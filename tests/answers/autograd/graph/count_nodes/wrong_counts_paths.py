"""0/3: recurses without remembering, so a shared node counts once per path."""


def count_nodes(output):
    def count(fn):
        if fn is None:
            return 0
        return 1 + sum(count(source) for source, _ in fn.next_functions)

    return count(output.grad_fn)
