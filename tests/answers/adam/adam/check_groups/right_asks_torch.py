"""1/1: lets torch's own constructor check each group as defaults."""


def check_groups(optimizer):
    for i, group in enumerate(optimizer.param_groups):
        settings = {key: group[key] for key in ("lr", "eps", "betas", "weight_decay")}
        try:
            torch.optim.Adam([torch.zeros(1)], **settings)
        except ValueError as error:
            raise ValueError(f"group {i}: {error}") from None
