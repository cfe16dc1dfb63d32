"""1/3: follows every path: the gradients add up right, at a cost that doubles with each diamond."""


def backward(root):
    def visit(node, g):
        node.grad = np.array(g) if node.grad is None else node.grad + g
        for parent, vjp in zip(node.parents, node.vjps):
            visit(parent, unbroadcast(vjp(g), parent.value.shape))

    visit(root, np.ones(root.value.shape))
