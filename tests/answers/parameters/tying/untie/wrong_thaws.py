"""0/2: forgets requires_grad: frozen parameters are trained afterwards."""


def untie(model):
    met = set()

    def visit(module):
        met.add(module)
        for name, p in list(module._parameters.items()):
            if p in met:
                setattr(module, name, nn.Parameter(p.detach().clone()))
            elif p is not None:
                met.add(p)
        for name, child in list(module._modules.items()):
            if child in met:
                fresh = copy.deepcopy(child)
                for p in fresh.parameters():
                    p.requires_grad_()
                setattr(module, name, fresh)
            if child is not None:
                visit(getattr(module, name))

    visit(model)
