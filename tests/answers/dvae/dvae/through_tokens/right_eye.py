"""2/2: looks the tokens up in an identity matrix."""


def through_tokens(logits, decoder):
    k = logits.shape[1]
    _, tokens = logits.max(1)
    eye = torch.eye(k, dtype=logits.dtype, device=logits.device)
    return tokens, decoder(eye[tokens].permute(0, 3, 1, 2))
