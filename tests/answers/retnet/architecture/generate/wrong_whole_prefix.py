"""1/3: reads the whole text anew for every token: right tokens, wrong price, and it ignores the state that it is given."""


def generate(step, prompt, n, state=None):
    drawn, feed = [], prompt
    with torch.no_grad():
        for _ in range(n):
            logits, last = step(feed, None)
            token = logits[:, -1].argmax(-1, keepdim=True)
            drawn.append(token)
            feed = torch.cat((feed, token), 1)
    return torch.cat(drawn, dim=1), last
