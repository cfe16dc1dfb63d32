"""2/2: an autograd function of its own."""


class _Harden(torch.autograd.Function):
    @staticmethod
    def forward(ctx, soft):
        return torch.zeros_like(soft).scatter_(1, soft.argmax(1, keepdim=True), 1.0)

    @staticmethod
    def backward(ctx, gradient):
        return gradient


def harden(soft):
    return _Harden.apply(soft)
