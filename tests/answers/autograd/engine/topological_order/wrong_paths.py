"""0/2: lists a node once for every path that leads to it."""


def topological_order(root):
    order, todo = [], [root]
    while todo:
        node = todo.pop()
        order.append(node)
        todo += node.parents
    return order[::-1]
