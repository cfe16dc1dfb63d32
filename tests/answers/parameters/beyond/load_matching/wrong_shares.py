"""1/2: points the parameters at the memory of the state."""


def load_matching(model, state):
    own = model.state_dict()
    both = own.keys() & state.keys()
    fits = {name: state[name] for name in both if own[name].shape == state[name].shape}
    tensors = dict(model.named_parameters(remove_duplicate=False)) | dict(model.named_buffers())
    for name, value in fits.items():
        tensors[name].data = value.detach().to(tensors[name])
    return {
        "loaded": sorted(fits),
        "mismatched": sorted(both - fits.keys()),
        "missing": sorted(own.keys() - state.keys()),
        "unexpected": sorted(state.keys() - own.keys()),
    }
