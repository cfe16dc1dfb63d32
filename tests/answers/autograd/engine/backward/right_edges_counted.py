"""3/3: Kahn's count instead of an order: a node's turn comes when nobody else will add to it."""


def backward(root):
    uses, todo = {root: 0}, [root]
    while todo:
        for parent in todo.pop().parents:
            if parent not in uses:
                uses[parent] = 0
                todo.append(parent)
            uses[parent] += 1
    grads = {node: np.zeros(np.shape(node.value)) for node in uses}
    grads[root] = np.ones(np.shape(root.value))
    ready = [root]
    while ready:
        node = ready.pop()
        old = 0.0 if node.grad is None else node.grad
        node.grad = old + grads[node]
        for parent, vjp in zip(node.parents, node.vjps):
            grads[parent] = grads[parent] + unbroadcast(vjp(grads[node]), np.shape(parent.value))
            uses[parent] -= 1
            if uses[parent] == 0:
                ready.append(parent)
