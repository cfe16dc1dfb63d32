"""2/2: one row after the other, with Python's loop and a gradient made ready beforehand."""


def cross_entropy(logits, labels):
    total, grad = 0.0, np.zeros(logits.shape)
    for n, (row, label) in enumerate(zip(logits, labels)):
        e = np.exp(row - row.max())
        total += np.log(e.sum()) - (row[label] - row.max())
        grad[n] = e / e.sum()
        grad[n, label] -= 1
    return total / len(logits), lambda g: g * grad / len(logits)
