"""0/3: the mode."""


def gumbel_max(logits):
    return logits.argmax(1)
