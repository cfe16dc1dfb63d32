"""1/2: asks for frozen last, after the old gradient has spoken."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if p.grad is None:
            report[name] = "unreached"
        elif not p.grad.isfinite().all():
            report[name] = "broken"
        elif (p.grad == 0).all():
            report[name] = "dead"
        elif not p.requires_grad:
            report[name] = "frozen"
        else:
            report[name] = "ok"
    return report
