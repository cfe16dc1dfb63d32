"""1/2: a shallow copy: the old checkpoint's groups and states are edited too."""


def upgrade_checkpoint(old):
    new = dict(old)
    for group in new["param_groups"]:
        numbers = group["params"]
        found = any("max_exp_avg_sq" in new["state"].get(n, {}) for n in numbers)
        group.setdefault("amsgrad", found)
        group.setdefault("maximize", False)
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(float(state["step"]))
    return new
