"""0/2: edits in place and returns nothing."""


def upgrade_checkpoint(old):
    new = old
    for group in new["param_groups"]:
        numbers = group["params"]
        found = any("max_exp_avg_sq" in new["state"].get(n, {}) for n in numbers)
        group.setdefault("amsgrad", found)
        group.setdefault("maximize", False)
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(float(state["step"]))
