"""1/2: float() whatever the dtype of the model."""


def through_tokens(logits, decoder):
    tokens = logits.argmax(1)
    return tokens, decoder(
        torch.nn.functional.one_hot(tokens, logits.shape[1]).movedim(-1, 1).float()
    )
