"""0/2: takes every module that has a matrix for a weight."""


def init_linear(model, std):
    for m in model.modules():
        if hasattr(m, "weight") and m.weight.dim() == 2:
            nn.init.normal_(m.weight, std=std)
            if getattr(m, "bias", None) is not None:
                nn.init.zeros_(m.bias)
