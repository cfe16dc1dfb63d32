"""3/3: sets the old gradients aside, works with node.grad, and adds the old ones at the end."""


def backward(root):
    order = topological_order(root)
    old = [node.grad for node in order]
    for node in order:
        node.grad = np.zeros(node.value.shape)
    root.grad = np.ones(root.value.shape)
    for node in reversed(order):
        for parent, vjp in zip(node.parents, node.vjps):
            parent.grad = parent.grad + unbroadcast(vjp(node.grad), parent.value.shape)
    for node, before in zip(order, old):
        if before is not None:
            node.grad = node.grad + before
