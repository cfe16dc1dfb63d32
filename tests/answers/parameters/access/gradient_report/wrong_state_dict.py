"""0/2: asks the tensors of the state_dict, which never have a gradient."""


def gradient_report(model):
    report = {}
    for name, p in model.state_dict().items():
        if not p.requires_grad:
            report[name] = "frozen"
        elif p.grad is None:
            report[name] = "unreached"
        else:
            report[name] = "ok"
    return report
