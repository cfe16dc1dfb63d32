"""0/2: copies shared modules and forgets parameters that different modules share, of which both cells have some."""


def untie(model):
    met = set()

    def visit(module):
        met.add(module)
        for name, child in list(module._modules.items()):
            if child in met:
                child = module._modules[name] = copy.deepcopy(child)
            if child is not None:
                visit(child)

    visit(model)
