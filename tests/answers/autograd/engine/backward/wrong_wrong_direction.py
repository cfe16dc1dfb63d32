"""0/3: walks the order from the leaves, where no gradient has arrived."""


def backward(root):
    grads = {root: np.ones_like(root.value)}
    for node in topological_order(root):
        g = grads.get(node, np.zeros(node.value.shape))
        node.grad = np.array(g) if node.grad is None else node.grad + g
        for parent, vjp in zip(node.parents, node.vjps):
            part = unbroadcast(vjp(g), parent.value.shape)
            grads[parent] = grads[parent] + part if parent in grads else part
