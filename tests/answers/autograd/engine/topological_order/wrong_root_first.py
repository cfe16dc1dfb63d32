"""0/2: copies the page's direction: root first."""


def topological_order(root):
    uses, todo = {root: 0}, [root]
    while todo:
        for parent in todo.pop().parents:
            if parent not in uses:
                uses[parent] = 0
                todo.append(parent)
            uses[parent] += 1
    order, ready = [], [root]
    while ready:
        node = ready.pop()
        order.append(node)
        for parent in node.parents:
            uses[parent] -= 1
            if not uses[parent]:
                ready.append(parent)
    return order
