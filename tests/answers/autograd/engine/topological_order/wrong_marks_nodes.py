"""0/2: writes a mark on each node and leaves it there: a second call finds nothing to do."""


def topological_order(root):
    order, todo = [], [(root, False)]
    while todo:
        node, ready = todo.pop()
        if ready:
            order.append(node)
        elif not hasattr(node, "visited"):
            node.visited = True
            todo.append((node, True))
            todo += [(p, False) for p in node.parents]
    return order
