"""1/2: walks every path and keeps each node's last place: right, and exponential."""


def topological_order(root):
    walked, todo = [], [root]
    while todo:
        node = todo.pop(0)
        walked.append(node)
        todo += node.parents
    return list(dict.fromkeys(reversed(walked)))
