"""0/2: always builds ten means: nan for classes that do not occur."""


def nearest_class_mean(codes, labels, new):
    means = torch.stack([codes[labels == c].flatten(1).mean(0) for c in range(10)])
    return torch.cdist(new.flatten(1), means).argmin(1)
