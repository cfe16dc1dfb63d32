"""0/3: lets torch.optim.AdamW take the step."""


def adamw_step(p, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
    if "optimizer" not in state:
        options = {"lr": lr, "betas": (beta1, beta2), "eps": eps, "weight_decay": weight_decay}
        state["optimizer"] = torch.optim.AdamW([p], **options)
    state["optimizer"].step()
