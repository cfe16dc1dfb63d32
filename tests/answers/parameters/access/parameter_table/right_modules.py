"""1/1: walks the modules and their own parameters."""


def parameter_table(model):
    rows = []
    for prefix, module in model.named_modules():
        for name, p in module.named_parameters(recurse=False):
            full = f"{prefix}.{name}" if prefix else name
            size = torch.finfo(p.dtype).bits // 8
            for n in p.shape:
                size *= n
            rows.append((full, tuple(p.shape), size, p.requires_grad))
    return rows
