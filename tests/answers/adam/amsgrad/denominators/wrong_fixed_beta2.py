"""0/2: beta2 is 0.999 whatever is asked for."""


def denominators(gs: Tensor, beta2: float = 0.999) -> dict[str, Tensor]:
    beta2 = 0.999
    v = top = top_hat = torch.zeros_like(gs[0])
    out = {"paper": [], "torch": [], "third": []}
    for t, g in enumerate(gs, 1):
        c = 1 - beta2**t
        v = beta2 * v + (1 - beta2) * g**2
        top = torch.maximum(top, v)
        top_hat = torch.maximum(top_hat, v / c)
        out["paper"].append(top.sqrt())
        out["torch"].append((top / c).sqrt())
        out["third"].append(top_hat.sqrt())
    return {k: torch.stack(rows) for k, rows in out.items()}
