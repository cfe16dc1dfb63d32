"""0/2: subtracts each image's own mean brightness: the wrong axis."""


def pca_reconstruct(train, x, k):
    Vt = torch.linalg.svd(train - train.mean(1, keepdim=True), full_matrices=False)[2]
    mean = x.mean(1, keepdim=True)
    return (x - mean) @ Vt[:k].T @ Vt[:k] + mean
