"""0/3: pairs parents and vjps in a dictionary: in x * x the second edge replaces the first."""


def backward(root):
    grads = {root: np.ones_like(root.value)}
    for node in reversed(topological_order(root)):
        g = grads.pop(node)
        node.grad = np.array(g) if node.grad is None else node.grad + g
        for parent, vjp in dict(zip(node.parents, node.vjps)).items():
            part = unbroadcast(vjp(g), parent.value.shape)
            grads[parent] = grads[parent] + part if parent in grads else part
