"""3/3: collects the parts in lists and adds them up when the node's turn comes."""


def backward(root):
    from collections import defaultdict

    parts = defaultdict(list)
    parts[id(root)].append(np.array(1.0).reshape(root.value.shape))
    for node in topological_order(root)[::-1]:
        g = np.sum(parts[id(node)], axis=0)
        for i in range(len(node.parents)):
            parent = node.parents[i]
            parts[id(parent)].append(unbroadcast(node.vjps[i](g), parent.value.shape))
        node.grad = np.array(g) if node.grad is None else node.grad + g
