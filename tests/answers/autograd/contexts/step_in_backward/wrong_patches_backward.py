"""0/2: replaces Tensor.backward for the whole process."""


def step_in_backward(params, lr):
    params = list(params)
    original = torch.Tensor.backward

    def backward(self, *args, **kwargs):
        original(self, *args, **kwargs)
        with torch.no_grad():
            for p in params:
                if p.grad is not None:
                    p -= lr * p.grad
                    p.grad = None

    torch.Tensor.backward = backward
    return []
