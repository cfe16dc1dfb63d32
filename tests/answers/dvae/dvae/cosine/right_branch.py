"""1/1: the end is a case of its own."""


def cosine(step, steps, start, end):
    if step >= steps:
        return end
    t = torch.tensor(step / steps, dtype=torch.float64)
    return (end + (start - end) * (0.5 + 0.5 * torch.cos(t * math.pi))).item()
