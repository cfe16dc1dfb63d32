"""0/3: edits a copy."""


def overwrite(x, new):
    with torch.no_grad():
        x.clone().copy_(new)
