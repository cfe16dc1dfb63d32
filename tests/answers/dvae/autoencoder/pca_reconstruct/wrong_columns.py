"""0/2: takes columns of Vt for the axes."""


def pca_reconstruct(train, x, k):
    mean = train.mean(0)
    Vt = torch.linalg.svd(train - mean, full_matrices=False)[2]
    return (x - mean) @ Vt[:, :k] @ Vt[:, :k].T + mean
