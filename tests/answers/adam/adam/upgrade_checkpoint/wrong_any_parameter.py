"""1/2: one parameter with a maximum makes every group AMSGrad."""


def upgrade_checkpoint(old):
    import copy

    new = copy.deepcopy(old)
    found = any("max_exp_avg_sq" in state for state in new["state"].values())
    for group in new["param_groups"]:
        group.setdefault("amsgrad", found)
        group.setdefault("maximize", False)
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(float(state["step"]))
    return new
