"""0/2: draws from a uniform distribution with that standard deviation."""


def init_linear(model, std):
    b = std * 3**0.5
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -b, b)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
