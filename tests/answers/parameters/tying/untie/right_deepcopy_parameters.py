"""2/2: recursion that hands on what was met; deepcopy copies parameters too."""


def untie(model, met=None):
    met = [] if met is None else met
    met.append(model)
    for name in list(model._parameters):
        p = model._parameters[name]
        if p is None:
            continue
        if any(p is q for q in met):
            model._parameters[name] = copy.deepcopy(p)
        else:
            met.append(p)
    for name in list(model._modules):
        child = model._modules[name]
        if child is None:
            continue
        if any(child is m for m in met):
            child = model._modules[name] = copy.deepcopy(child)
        untie(child, met)
