"""0/2: unties a copy and returns it; the model stays tied."""


def untie(model):
    model = copy.deepcopy(model)
    met = set()

    def visit(module):
        met.add(module)
        for name, p in list(module._parameters.items()):
            if p in met:
                setattr(module, name, nn.Parameter(p.detach().clone(), p.requires_grad))
            elif p is not None:
                met.add(p)
        for name, child in list(module._modules.items()):
            if child in met:
                setattr(module, name, copy.deepcopy(child))
            if child is not None:
                visit(getattr(module, name))

    visit(model)
    return model
