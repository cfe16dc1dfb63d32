"""2/2: torch's mean and std."""


def compare(whole, ablated, limits):
    common = sorted((s for s in ablated if s in whole), key=repr)
    if not common:
        return None, None, "open"
    d = torch.tensor([ablated[s] for s in common], dtype=torch.float64)
    d = d - torch.tensor([whole[s] for s in common], dtype=torch.float64)
    n = len(common)
    if n == 1:
        return d.item(), None, "open"
    mean, error = d.mean().item(), d.std().item() / math.sqrt(n)
    if abs(mean) <= limits[n] * error:
        return mean, error, "open"
    return mean, error, "the part " + ("helps" if mean > 0 else "hurts")
