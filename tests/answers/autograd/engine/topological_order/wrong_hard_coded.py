"""0/2: answers the visible cases by their values."""


def topological_order(root):
    found, todo = {}, [root]
    while todo:
        node = todo.pop()
        if node not in found:
            found[node] = None
            todo += node.parents
    return sorted(found, key=lambda node: node.value)
