"""1/2: reshape where movedim is needed: the numbers go to other codes and positions."""


def through_tokens(logits, decoder):
    tokens = logits.argmax(1)
    hard = torch.nn.functional.one_hot(tokens, logits.shape[1]).reshape(logits.shape)
    return tokens, decoder(hard.to(logits.dtype))
