"""2/2: vmap of grad_and_value with the values dropped."""


def per_sample_gradients(loss_fn, params, X, y):
    both = torch.func.grad_and_value(loss_fn)
    grads, losses = torch.func.vmap(both, in_dims=(None, 0, 0), out_dims=0)(params, X, y)
    return {key: grads[key] for key in params}
