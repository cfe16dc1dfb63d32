"""0/3: visits each node once, depth first, and hands its gradient on before it is complete."""


def backward(root):
    grads, seen, todo = {root: np.ones(root.value.shape)}, set(), [root]
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        for parent, vjp in zip(node.parents, node.vjps):
            part = unbroadcast(vjp(grads[node]), parent.value.shape)
            grads[parent] = grads[parent] + part if parent in grads else part
            todo.append(parent)
    for node in seen:
        node.grad = grads[node] if node.grad is None else node.grad + grads[node]
