"""2/3: the past is a global list: two sequences get mixed up."""

past = []


def wkv_step(k, v, decay, bonus, state):
    if state is None:
        past.clear()
    age = range(len(past) - 1, -1, -1)
    exponents = [key - n * decay for n, (key, _) in zip(age, past, strict=True)] + [k + bonus]
    past.append((k, v))
    w = torch.stack(exponents).softmax(0)
    y = (w * torch.stack([value for _, value in past])).sum(0)
    return y, (torch.zeros_like(k),)
