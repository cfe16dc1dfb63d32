"""1/1: folds the names over the tree."""

from functools import reduce


def module_at(model, path):
    return reduce(lambda m, name: m._modules[name], path.split(".") if path else (), model)
