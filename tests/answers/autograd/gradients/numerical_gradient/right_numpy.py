"""3/3: walks over the indices of a NumPy array and restores each element from a saved value."""


def numerical_gradient(f, x, h=1e-5):
    values = np.array(x.detach().cpu().tolist(), dtype=np.float64).reshape(tuple(x.shape))
    grad = np.zeros_like(values)
    for index in np.ndindex(*values.shape):
        old = values[index]
        values[index] = old + h
        up = float(f(torch.tensor(values)))
        values[index] = old - h
        down = float(f(torch.tensor(values)))
        values[index] = old
        grad[index] = (up - down) / (2 * h)
    return torch.tensor(grad)
