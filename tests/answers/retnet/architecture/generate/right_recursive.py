"""3/3: one token, then the rest by itself."""


@torch.no_grad()
def generate(step, prompt, n, state=None):
    logits, state = step(prompt, state)
    token = torch.topk(logits[:, -1], 1).indices
    if n == 1:
        return token, state
    rest, state = generate(step, token, n - 1, state)
    return torch.cat((token, rest), 1), state
