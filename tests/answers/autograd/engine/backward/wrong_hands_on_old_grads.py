"""2/3: accumulates in node.grad and hands that on: a second pass counts the first one again."""


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.grad is None:
            node.grad = np.zeros(node.value.shape)
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for parent, vjp in zip(node.parents, node.vjps):
            parent.grad = parent.grad + unbroadcast(vjp(node.grad), parent.value.shape)
