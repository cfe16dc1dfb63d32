"""1/2: calls backward, which fills the .grad of the weights on the way."""

import warnings


def gradient_penalty(f, x):
    inputs = x.detach().clone().requires_grad_()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        f(inputs).sum().backward(create_graph=True)
    return (inputs.grad**2).sum(1).mean()
