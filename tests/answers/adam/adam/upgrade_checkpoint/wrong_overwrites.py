"""0/2: sets what is there already, too."""


def upgrade_checkpoint(old):
    import copy

    new = copy.deepcopy(old)
    for group in new["param_groups"]:
        states = [new["state"].get(n, {}) for n in group["params"]]
        group["amsgrad"] = any("max_exp_avg_sq" in state for state in states)
        group["maximize"] = False
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(float(state["step"]))
    return new
