"""3/3: into a tensor made once, under inference_mode."""


def generate(step, prompt, n, state=None):
    drawn = prompt.new_zeros(prompt.shape[0], n)
    with torch.inference_mode():
        feed = prompt
        for i in range(n):
            logits, state = step(feed, state)
            drawn[:, i] = logits[:, -1, :].max(dim=-1).indices
            feed = drawn[:, i : i + 1]
    return drawn, state
