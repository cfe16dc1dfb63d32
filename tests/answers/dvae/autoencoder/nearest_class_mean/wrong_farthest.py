"""0/2: argmax instead of argmin."""


def nearest_class_mean(codes, labels, new):
    classes = labels.unique()
    means = torch.stack([codes[labels == c].flatten(1).mean(0) for c in classes])
    return classes[torch.cdist(new.flatten(1), means).argmax(1)]
