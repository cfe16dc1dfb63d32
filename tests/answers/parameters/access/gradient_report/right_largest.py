"""2/2: looks at the largest entry alone."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
            continue
        if p.grad is None:
            report[name] = "unreached"
            continue
        largest = p.grad.abs().max().item()
        if largest != largest or largest == float("inf"):
            report[name] = "broken"
        else:
            report[name] = "ok" if largest > 0 else "dead"
    return report
