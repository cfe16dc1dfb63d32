"""0/2: copies what stands twice among the children of the model itself, modules only."""


def untie(model):
    met = set()
    for name, child in list(model._modules.items()):
        if child in met:
            model._modules[name] = copy.deepcopy(child)
        met.add(child)
