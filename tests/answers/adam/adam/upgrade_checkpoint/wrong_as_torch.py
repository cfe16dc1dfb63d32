"""1/2: fills in amsgrad=False, as torch does, and AMSGrad is lost."""


def upgrade_checkpoint(old):
    import copy

    new = copy.deepcopy(old)
    for group in new["param_groups"]:
        group.setdefault("amsgrad", False)
        group.setdefault("maximize", False)
    for state in new["state"].values():
        if isinstance(state["step"], int):
            state["step"] = torch.tensor(float(state["step"]))
    return new
