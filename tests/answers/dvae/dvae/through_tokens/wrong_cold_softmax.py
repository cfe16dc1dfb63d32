"""1/2: a softmax at temperature 0.01 in place of the one-hot."""


def through_tokens(logits, decoder):
    return logits.argmax(1), decoder((logits / 0.01).softmax(1))
