"""0/2: one maximum for all the weights; the visible case has a weight without gradients."""


def denominators(gs: Tensor, beta2: float = 0.999) -> dict[str, Tensor]:
    v = top = top_hat = torch.zeros_like(gs[0])
    out = {"paper": [], "torch": [], "third": []}
    for t, g in enumerate(gs, 1):
        c = 1 - beta2**t
        v = beta2 * v + (1 - beta2) * g**2
        top = torch.maximum(top, v.max())
        top_hat = torch.maximum(top_hat, (v / c).max())
        out["paper"].append(top.sqrt())
        out["torch"].append((top / c).sqrt())
        out["third"].append(top_hat.sqrt())
    return {k: torch.stack(rows) for k, rows in out.items()}
