"""0/2: lists a node when it is first met, which is before its parents, and reverses."""


def topological_order(root):
    order, seen, todo = [], set(), [root]
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            order.append(node)
            todo += node.parents
    return order[::-1]
