"""1/1: loops, and reads the bytes from the tensor."""


def parameter_table(model):
    rows = []
    for name, p in model.named_parameters():
        rows.append((name, p.shape, p.nbytes, p.requires_grad))
    return rows
