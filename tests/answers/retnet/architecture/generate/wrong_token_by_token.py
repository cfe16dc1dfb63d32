"""2/3: reads the prompt one token at a time: right text and state, but T calls."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for t in range(prompt.shape[1] - 1):
            _, state = step(prompt[:, t : t + 1], state)
    feed = prompt[:, -1:]
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            feed = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), state
