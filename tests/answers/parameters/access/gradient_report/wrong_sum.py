"""1/2: asks whether the sum is zero; entries can cancel."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        elif not p.grad.isfinite().all():
            report[name] = "broken"
        elif p.grad.sum() == 0:
            report[name] = "dead"
        else:
            report[name] = "ok"
    return report
