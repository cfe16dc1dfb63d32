"""1/2: takes a negative gradient for none."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        elif not p.grad.isfinite().all():
            report[name] = "broken"
        elif p.grad.max() <= 0:
            report[name] = "dead"
        else:
            report[name] = "ok"
    return report
