"""0/3: feeds the whole text to a state that has read it."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            token = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(token)
            feed = torch.cat((feed, token), 1)
    return torch.cat(drawn, dim=1), state
