"""0/3: flattens the batch into one text."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            feed = logits[:, -1].argmax().view(1, 1)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), state
