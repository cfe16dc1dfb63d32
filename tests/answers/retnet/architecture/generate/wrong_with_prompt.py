"""0/3: returns the prompt together with the new tokens."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            feed = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(feed)
    return torch.cat([prompt, *drawn], dim=1), state
