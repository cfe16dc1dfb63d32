"""1/2: returns the position in the list of classes, not the label."""


def nearest_class_mean(codes, labels, new):
    means = torch.stack([codes[labels == c].flatten(1).mean(0) for c in labels.unique()])
    return torch.cdist(new.flatten(1), means).argmin(1)
