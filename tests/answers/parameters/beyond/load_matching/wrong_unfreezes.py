"""1/2: replaces each parameter by a fresh one."""


def load_matching(model, state):
    own = model.state_dict()
    both = own.keys() & state.keys()
    fits = {name: state[name] for name in both if own[name].shape == state[name].shape}
    model.load_state_dict(fits, strict=False)
    for module in model.modules():
        for name, p in list(module.named_parameters(recurse=False)):
            setattr(module, name, nn.Parameter(p.detach().clone()))
    return {
        "loaded": sorted(fits),
        "mismatched": sorted(both - fits.keys()),
        "missing": sorted(own.keys() - state.keys()),
        "unexpected": sorted(state.keys() - own.keys()),
    }
