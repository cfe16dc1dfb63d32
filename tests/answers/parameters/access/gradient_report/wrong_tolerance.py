"""1/2: takes small for zero."""


def gradient_report(model):
    report = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        elif not p.grad.isfinite().all():
            report[name] = "broken"
        elif torch.allclose(p.grad, torch.zeros_like(p.grad)):
            report[name] = "dead"
        else:
            report[name] = "ok"
    return report
