"""3/3: walks breadth first, level by level."""


def count_nodes(output):
    level = {output.grad_fn} - {None}
    seen = set()
    while level:
        seen |= level
        level = {source for fn in level for source, _ in fn.next_functions if source} - seen
    return len(seen)
