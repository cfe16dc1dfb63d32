"""0/2: takes a missing gradient for zero gradient."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif False:
            report[name] = "unreached"
        elif p.grad is not None and not p.grad.isfinite().all():
            report[name] = "broken"
        elif p.grad is None or (p.grad == 0).all():
            report[name] = "dead"
        else:
            report[name] = "ok"
    return report
