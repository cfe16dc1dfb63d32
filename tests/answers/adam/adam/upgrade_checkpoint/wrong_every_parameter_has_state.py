"""0/2: fails for a parameter that never had a gradient."""


def upgrade_checkpoint(old):
    import copy

    new = copy.deepcopy(old)
    for group in new["param_groups"]:
        numbers = group["params"]
        found = any("max_exp_avg_sq" in new["state"][n] for n in numbers)
        group.setdefault("amsgrad", found)
        group.setdefault("maximize", False)
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(float(state["step"]))
    return new
