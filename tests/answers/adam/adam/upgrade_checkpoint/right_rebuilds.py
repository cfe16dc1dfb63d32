"""2/2: builds the new dictionaries entry by entry."""


def upgrade_checkpoint(old):
    def entry(name, value):
        if isinstance(value, Tensor):
            return value.clone()
        return torch.tensor(value, dtype=torch.float32) if name == "step" else value

    states = {n: {k: entry(k, x) for k, x in s.items()} for n, s in old["state"].items()}
    groups = []
    for group in old["param_groups"]:
        maxima = [n for n in group["params"] if "max_exp_avg_sq" in states.get(n, ())]
        filled = {"maximize": False, "amsgrad": len(maxima) > 0, **group}
        filled["params"] = list(group["params"])
        groups.append(filled)
    return {**old, "state": states, "param_groups": groups}
