"""0/2: new parameters over the old memory."""


def untie(model):
    met = set()

    def visit(module):
        met.add(module)
        for name, p in list(module._parameters.items()):
            if p in met:
                setattr(module, name, nn.Parameter(p.detach(), p.requires_grad))
            elif p is not None:
                met.add(p)
        for name, child in list(module._modules.items()):
            if child in met:
                module._modules[name] = copy.copy(child)
                module._modules[name]._parameters = dict(child._parameters)
            if child is not None:
                visit(module._modules[name])

    visit(model)
