"""3/3: uses a queue, and keeps the nodes in a dictionary."""

from collections import deque


def count_nodes(output):
    if output.grad_fn is None:
        return 0
    found = {output.grad_fn: True}
    queue = deque(found)
    while queue:
        for source, _ in queue.popleft().next_functions:
            if source is not None and source not in found:
                found[source] = True
                queue.append(source)
    return len(found)
