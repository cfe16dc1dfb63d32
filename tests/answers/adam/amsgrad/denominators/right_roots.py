"""2/2: keeps the maximum of the roots, which is the root of the maximum."""


def denominators(gs: Tensor, beta2: float = 0.999) -> dict[str, Tensor]:
    n = len(gs)
    paper, torchs, third = (torch.zeros_like(gs) for _ in range(3))
    v = torch.zeros_like(gs[0])
    for i in range(n):
        v = beta2 * v + (1 - beta2) * gs[i].square()
        root = (1 - beta2 ** (i + 1)) ** 0.5
        j = max(i - 1, 0)
        paper[i] = torch.max(paper[j], v.sqrt())
        third[i] = torch.max(third[j], v.sqrt() / root)
        torchs[i] = paper[i] / root
    return dict(paper=paper, torch=torchs, third=third)
