"""0/2: looks one level deep only."""


def init_linear(model, std):
    for m in model.children():
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=std)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
