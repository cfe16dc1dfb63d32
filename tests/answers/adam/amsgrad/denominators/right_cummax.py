"""2/2: all averages first, then cummax."""


def denominators(gs: Tensor, beta2: float = 0.999) -> dict[str, Tensor]:
    v, rows = torch.zeros_like(gs[0]), []
    for g in gs:
        v = torch.lerp(v, g * g, 1 - beta2)
        rows.append(v)
    v = torch.stack(rows)
    t = torch.arange(1, len(gs) + 1, dtype=torch.float64, device=gs.device)[:, None]
    c = (1 - beta2**t).to(v.dtype)
    top = v.cummax(0).values
    return {"third": (v / c).cummax(0)[0] ** 0.5, "paper": top**0.5, "torch": (top / c) ** 0.5}
