"""1/2: compares types, as the note does, and skips subclasses."""


def init_linear(model, std):
    for m in model.modules():
        if type(m) == nn.Linear:
            nn.init.normal_(m.weight, std=std)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
