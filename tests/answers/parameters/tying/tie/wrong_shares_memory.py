"""0/2: p.data = q.data: one memory, two parameters. The second cell asks for the object too."""


def tie(model, name, source):
    p, q = model.get_parameter(name), model.get_parameter(source)
    if p.shape != q.shape:
        raise ValueError("shapes")
    p.data = q.data
