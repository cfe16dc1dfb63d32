"""1/2: clears the broken gradients it finds."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        elif not p.grad.isfinite().all():
            report[name] = "broken"
            p.grad = None
        else:
            report[name] = "ok" if p.grad.any() else "dead"
    return report
