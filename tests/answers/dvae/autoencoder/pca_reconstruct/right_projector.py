"""2/2: sums the projections on one axis after another."""


def pca_reconstruct(train, x, k):
    mean = train.mean(0)
    V = torch.svd(train - mean).V
    out = mean.expand(len(x), -1).clone()
    for i in range(k):
        out += ((x - mean) @ V[:, i])[:, None] * V[:, i]
    return out
