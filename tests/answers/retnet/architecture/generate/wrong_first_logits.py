"""1/3: takes the logits after the prompt's first token."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            feed = logits[:, 0].argmax(-1, keepdim=True)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), state
