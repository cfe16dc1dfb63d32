"""2/2: the axes are eigenvectors of the covariance."""


def pca_reconstruct(train, x, k):
    mean = train.mean(0, keepdim=True)
    centred = train - mean
    vectors = torch.linalg.eigh(centred.T @ centred)[1]  # smallest eigenvalue first
    axes = vectors[:, vectors.shape[1] - k :]
    return mean + (x - mean) @ axes @ axes.T
