"""0/2: no maximum at all."""


def denominators(gs: Tensor, beta2: float = 0.999) -> dict[str, Tensor]:
    v = top = top_hat = torch.zeros_like(gs[0])
    out = {"paper": [], "torch": [], "third": []}
    for t, g in enumerate(gs, 1):
        c = 1 - beta2**t
        v = beta2 * v + (1 - beta2) * g**2
        top = v
        top_hat = v / c
        out["paper"].append(top.sqrt())
        out["torch"].append((top / c).sqrt())
        out["third"].append(top_hat.sqrt())
    return {k: torch.stack(rows) for k, rows in out.items()}
