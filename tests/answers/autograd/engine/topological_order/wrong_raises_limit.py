"""1/2: recursion again, with the limit raised out of the way."""


def topological_order(root):
    import sys

    sys.setrecursionlimit(10**6)
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order
