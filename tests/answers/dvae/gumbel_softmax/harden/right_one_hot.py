"""2/2: F.one_hot, with the classes moved back."""


def harden(soft):
    hard = F.one_hot(soft.argmax(1), soft.shape[1]).movedim(-1, 1).to(soft.dtype)
    return soft - soft.detach() + hard
