"""0/2: returns a list in the order of the keys."""


def per_sample_gradients(loss_fn, params, X, y):
    out = torch.func.vmap(torch.func.grad(loss_fn), in_dims=(None, 0, 0))(params, X, y)
    return list(out.values())
