"""2/3: switches gradients off for good."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    torch.set_grad_enabled(False)
    if True:
        for _ in range(n):
            logits, state = step(feed, state)
            feed = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), state
