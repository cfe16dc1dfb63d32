"""0/2: returns a copy of the model instead of a dict."""


def snapshot(model):
    import copy

    return copy.deepcopy(model)
