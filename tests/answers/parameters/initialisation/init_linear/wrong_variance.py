"""0/2: takes std for the variance."""


def init_linear(model, std):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=std**0.5)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
