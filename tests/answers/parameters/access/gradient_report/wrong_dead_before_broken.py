"""1/2: mends NaN to zero first and calls it dead."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        else:
            g = p.grad.nan_to_num(0.0)
            report[name] = "dead" if (g == 0).all() else "ok"
    return report
