"""2/2: counts entries."""


def gradient_report(model):
    def word(p):
        if not p.requires_grad:
            return "frozen"
        if p.grad is None:
            return "unreached"
        if torch.isnan(p.grad).any() or torch.isinf(p.grad).any():
            return "broken"
        return "ok" if torch.count_nonzero(p.grad) else "dead"

    return {name: word(p) for name, p in model.named_parameters()}
