"""0/3: replaces by index, which blocks of one's own do not have."""


def replace_modules(model, kind, make):
    count = 0
    for i in range(len(model)):
        if isinstance(model[i], kind):
            model[i] = make(model[i])
            count += 1
        elif isinstance(model[i], nn.Sequential):
            count += replace_modules(model[i], kind, make)
    return count
