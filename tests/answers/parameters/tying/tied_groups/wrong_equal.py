"""0/2: tied means equal, as the note has it: a copy counts too, and so do two biases of zeros."""


def tied_groups(model):
    groups = []
    for name, p in model.named_parameters(remove_duplicate=False):
        for q, group in groups:
            if torch.equal(p, q):
                group.add(name)
                break
        else:
            groups.append((p, {name}))
    return [group for _, group in groups if len(group) > 1]
