"""1/2: goes through named_children(), which shows a module once: the second place goes unseen."""


def untie(model):
    met = set()

    def visit(module):
        met.add(module)
        for name, p in list(module._parameters.items()):
            if p in met:
                setattr(module, name, nn.Parameter(p.detach().clone(), p.requires_grad))
            elif p is not None:
                met.add(p)
        for name, child in list(module.named_children()):
            if child in met:
                setattr(module, name, copy.deepcopy(child))
            visit(getattr(module, name))

    visit(model)
