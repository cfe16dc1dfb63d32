"""0/2: gives every name a new parameter: an optimizer made before trains nothing of the model."""


def untie(model):
    def visit(module):
        for name, p in list(module._parameters.items()):
            if p is not None:
                setattr(module, name, nn.Parameter(p.detach().clone(), p.requires_grad))
        for name, child in list(module._modules.items()):
            if child is not None:
                module._modules[name] = copy.copy(child)
                module._modules[name]._parameters = dict(child._parameters)
                module._modules[name]._modules = dict(child._modules)
                visit(module._modules[name])

    visit(model)
