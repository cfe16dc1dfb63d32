"""2/3: adds in place: where a vjp returns g itself, the node's own gradient changes too."""


def backward(root):
    grads = {root: np.ones_like(root.value)}
    for node in reversed(topological_order(root)):
        g = grads.pop(node)
        node.grad = np.array(g) if node.grad is None else node.grad + g
        for parent, vjp in zip(node.parents, node.vjps):
            part = np.asarray(unbroadcast(vjp(g), parent.value.shape))
            if part.flags.writeable and parent in grads:
                grads[parent] += part
            else:
                grads[parent] = part if parent not in grads else grads[parent] + part
