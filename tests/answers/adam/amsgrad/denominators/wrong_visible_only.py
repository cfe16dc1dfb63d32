"""0/2: the formulas for one spike of size 1."""


def denominators(gs: Tensor, beta2: float = 0.999) -> dict[str, Tensor]:
    t = torch.arange(1, len(gs) + 1, device=gs.device)[:, None]
    one = (gs[0] != 0).to(gs.dtype).expand(len(gs), -1)
    paper = one * (1 - beta2) ** 0.5
    return {"paper": paper, "torch": paper / (1 - beta2**t) ** 0.5, "third": one}
