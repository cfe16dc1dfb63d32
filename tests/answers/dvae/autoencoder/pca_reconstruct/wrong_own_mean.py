"""1/2: right axes, but centres x with its own mean."""


def pca_reconstruct(train, x, k):
    Vt = torch.linalg.svd(train - train.mean(0), full_matrices=False)[2]
    mean = x.mean(0)
    return (x - mean) @ Vt[:k].T @ Vt[:k] + mean
