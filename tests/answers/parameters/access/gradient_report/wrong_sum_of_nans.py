"""1/2: looks for NaN in the sum, where the infinity of one sign passes."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        elif p.grad.sum().isnan():
            report[name] = "broken"
        elif (p.grad == 0).all():
            report[name] = "dead"
        else:
            report[name] = "ok"
    return report
