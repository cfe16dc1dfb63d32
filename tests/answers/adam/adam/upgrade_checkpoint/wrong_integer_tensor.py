"""1/2: keeps the integer type: the step is a tensor of int64."""


def upgrade_checkpoint(old):
    import copy

    new = copy.deepcopy(old)
    for group in new["param_groups"]:
        numbers = group["params"]
        found = any("max_exp_avg_sq" in new["state"].get(n, {}) for n in numbers)
        group.setdefault("amsgrad", found)
        group.setdefault("maximize", False)
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(state["step"])
    return new
