"""1/2: lets one_hot guess K from the largest token."""


def through_tokens(logits, decoder):
    tokens = logits.argmax(1)
    hard = torch.nn.functional.one_hot(tokens).movedim(-1, 1)
    return tokens, decoder(hard.to(logits.dtype))
