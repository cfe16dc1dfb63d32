"""1/2: works it out from the class, as if every parameter were float32 and had its gradient."""


def optimizer_bytes(optimizer):
    group = optimizer.param_groups[0]
    sizes = [p.numel() for p in group["params"]]
    if isinstance(optimizer, torch.optim.Adam):
        return (12 if group["amsgrad"] else 8) * sum(sizes) + 4 * len(sizes)
    return 4 * sum(sizes) if group.get("momentum") else 0
