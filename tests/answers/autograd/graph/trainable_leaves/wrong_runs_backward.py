"""0/2: finds the leaves by running backward, which fills every .grad."""

import gc


def trainable_leaves(output):
    output.sum().backward(retain_graph=True)
    return [
        t for t in gc.get_objects() if isinstance(t, Tensor) and t.is_leaf and t.grad is not None
    ]
