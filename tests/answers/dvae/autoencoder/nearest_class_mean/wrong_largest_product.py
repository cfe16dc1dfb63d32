"""0/2: takes the mean with the largest inner product, which favours long means."""


def nearest_class_mean(codes, labels, new):
    classes = labels.unique()
    means = torch.stack([codes[labels == c].flatten(1).mean(0) for c in classes])
    return classes[(new.flatten(1) @ means.T).argmax(1)]
