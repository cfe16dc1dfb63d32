"""0/2: equal values, two parameters."""


def tie(model, name, source):
    p, q = model.get_parameter(name), model.get_parameter(source)
    if p.shape != q.shape:
        raise ValueError("shapes")
    with torch.no_grad():
        p.copy_(q)
