"""1/2: takes the n-th state for the n-th group's."""


def upgrade_checkpoint(old):
    import copy

    new = copy.deepcopy(old)
    states = list(new["state"].values())
    for k, group in enumerate(new["param_groups"]):
        state = states[k] if k < len(states) else {}
        group.setdefault("amsgrad", "max_exp_avg_sq" in state)
        group.setdefault("maximize", False)
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(float(state["step"]))
    return new
