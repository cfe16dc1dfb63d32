"""0/3: fills the leaves alone, as torch does; here the results were asked for too."""


def backward(root):
    grads = {root: np.ones_like(root.value)}
    for node in reversed(topological_order(root)):
        g = grads.pop(node)
        if not node.parents:
            node.grad = np.array(g) if node.grad is None else node.grad + g
        for parent, vjp in zip(node.parents, node.vjps):
            part = unbroadcast(vjp(g), parent.value.shape)
            grads[parent] = grads[parent] + part if parent in grads else part
