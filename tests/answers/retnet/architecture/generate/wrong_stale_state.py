"""2/3: returns the state after the prompt."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    kept = None
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            kept = kept or [state]
            feed = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), kept[0]
