"""3/3: the prompt outside the loop, which runs n - 1 times."""


@torch.no_grad()
def generate(step, prompt, n, state=None):
    logits, state = step(prompt, state)
    drawn = [logits[:, -1].argmax(1)]
    for _ in range(n - 1):
        logits, state = step(drawn[-1][:, None], state)
        drawn.append(logits[:, -1].argmax(1))
    return torch.stack(drawn, dim=1), state
