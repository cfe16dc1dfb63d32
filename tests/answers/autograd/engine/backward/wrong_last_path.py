"""0/3: assigns where it should add: the last path to a shared node wins."""


def backward(root):
    grads = {root: np.ones_like(root.value)}
    for node in reversed(topological_order(root)):
        g = grads[node]
        node.grad = np.array(g) if node.grad is None else node.grad + g
        for parent, vjp in zip(node.parents, node.vjps):
            grads[parent] = unbroadcast(vjp(g), parent.value.shape)
