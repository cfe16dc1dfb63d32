"""2/2: compares z.m - |m|^2 / 2, which orders the classes as the distance does."""


def nearest_class_mean(codes, labels, new):
    kinds, index = labels.unique(return_inverse=True)
    one_hot = F.one_hot(index).to(codes.dtype)  # (N, C)
    means = one_hot.T @ codes.flatten(1) / one_hot.sum(0)[:, None]
    center = means.mean(0)
    means, new = means - center, new.flatten(1) - center
    return kinds[(new @ means.T - 0.5 * means.square().sum(1)).argmax(1)]
