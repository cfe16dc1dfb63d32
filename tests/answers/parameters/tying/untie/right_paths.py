"""2/2: first gives every place a module of its own, by paths; then every name a parameter."""


def untie(model):
    met = set()
    for path, _ in list(model.named_modules(remove_duplicate=False)):
        module = model.get_submodule(path)
        if module in met:
            parent, _, name = path.rpartition(".")
            module = copy.deepcopy(module)
            model.get_submodule(parent)._modules[name] = module
        met.add(module)
    seen = set()
    for name, p in list(model.named_parameters(remove_duplicate=False)):
        if id(p) in seen:
            path, _, leaf = name.rpartition(".")
            new = nn.Parameter(p.detach().clone(), requires_grad=p.requires_grad)
            setattr(model.get_submodule(path), leaf, new)
        seen.add(id(p))
