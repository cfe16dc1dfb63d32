"""1/2: marks every largest logit: two codes where two are equal."""


def through_tokens(logits, decoder):
    hard = (logits == logits.amax(1, keepdim=True)).to(logits.dtype)
    return logits.argmax(1), decoder(hard)
