"""0/2: sums absolute differences instead of squares."""


def nearest_class_mean(codes, labels, new):
    classes = labels.unique()
    means = torch.stack([codes[labels == c].flatten(1).mean(0) for c in classes])
    return classes[torch.cdist(new.flatten(1), means, p=1).argmin(1)]
