"""1/3: draws at random, where greedy is asked for: right price, wrong tokens."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for _ in range(n):
            logits, state = step(feed, state)
            feed = torch.multinomial(logits[:, -1].softmax(-1), 1)
            drawn.append(feed)
    return torch.cat(drawn, dim=1), state
