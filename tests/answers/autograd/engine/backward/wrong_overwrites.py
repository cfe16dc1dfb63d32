"""2/3: one pass is right, and the second replaces the first."""


def backward(root):
    order = topological_order(root)
    for node in order:
        node.grad = np.zeros(node.value.shape)
    root.grad = np.ones(root.value.shape)
    for node in reversed(order):
        for parent, vjp in zip(node.parents, node.vjps):
            parent.grad = parent.grad + unbroadcast(vjp(node.grad), parent.value.shape)
