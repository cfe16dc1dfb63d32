"""0/2: builds the second place anew, with random values."""


def untie(model):
    met = set()

    def visit(module):
        met.add(module)
        for name, p in list(module._parameters.items()):
            if p in met:
                setattr(module, name, nn.Parameter(torch.randn_like(p), p.requires_grad))
            elif p is not None:
                met.add(p)
        for name, child in list(module._modules.items()):
            if child in met:
                new = copy.deepcopy(child)
                for p in new.parameters():
                    nn.init.uniform_(p)
                setattr(module, name, new)
            if child is not None:
                visit(getattr(module, name))

    visit(model)
