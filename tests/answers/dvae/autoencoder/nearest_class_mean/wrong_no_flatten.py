"""1/2: works for vectors only."""


def nearest_class_mean(codes, labels, new):
    classes = labels.unique()
    means = torch.stack([codes[labels == c].mean(0) for c in classes])
    return classes[torch.cdist(new, means).argmin(1)]
