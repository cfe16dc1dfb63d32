"""0/2: Gumbel noise at inference."""


def through_tokens(logits, decoder):
    g = -torch.log(-torch.log(torch.rand_like(logits)))
    tokens = (logits + g).argmax(1)
    hard = torch.nn.functional.one_hot(tokens, logits.shape[1]).movedim(-1, 1)
    return tokens, decoder(hard.to(logits.dtype))
