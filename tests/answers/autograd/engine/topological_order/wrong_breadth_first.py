"""0/2: reversed breadth-first search: a node that a short path reaches too comes too late."""


def topological_order(root):
    order, seen = [root], {root}
    for node in order:
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                order.append(parent)
    return order[::-1]
