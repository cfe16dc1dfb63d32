"""2/3: starts anew, whatever state it is given."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    state = None
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            feed = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), state
