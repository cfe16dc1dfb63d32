"""1/2: asks whether the sum of squares is zero, and 1e-30 squared is."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        elif not p.grad.isfinite().all():
            report[name] = "broken"
        elif (p.grad**2).sum() == 0:
            report[name] = "dead"
        else:
            report[name] = "ok"
    return report
