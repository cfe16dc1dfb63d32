"""1/2: forgets infinities."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        elif p.grad.isnan().any():
            report[name] = "broken"
        elif (p.grad == 0).all():
            report[name] = "dead"
        else:
            report[name] = "ok"
    return report
