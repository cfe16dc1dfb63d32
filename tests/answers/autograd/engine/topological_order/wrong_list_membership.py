"""1/2: remembers what it saw in a list, so that time grows with the square of the nodes."""


def topological_order(root):
    order, todo = [], [root]
    while todo:
        node = todo[-1]
        missing = [p for p in node.parents if p not in order]
        if missing:
            todo.append(missing[0])
        else:
            todo.pop()
            if node not in order:
                order.append(node)
    return order
