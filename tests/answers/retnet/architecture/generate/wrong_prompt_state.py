"""1/3: goes on from the prompt's state each time: right calls, wrong text."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for _ in range(n):
            logits, new = step(feed, state)
            state = new if not drawn else state
            feed = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), state
