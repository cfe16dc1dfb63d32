"""2/3: stores g without a copy, so that two nodes can hold one array."""


def backward(root):
    grads = {root: np.ones_like(root.value)}
    for node in reversed(topological_order(root)):
        g = grads.pop(node)
        node.grad = g if node.grad is None else node.grad + g
        for parent, vjp in zip(node.parents, node.vjps):
            part = unbroadcast(vjp(g), parent.value.shape)
            grads[parent] = grads[parent] + part if parent in grads else part
