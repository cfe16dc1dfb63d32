"""0/2: goes by the parameters' names and resets every weight and bias."""


def init_linear(model, std):
    for name, p in model.named_parameters():
        if name.endswith("weight"):
            nn.init.normal_(p, std=std)
        elif name.endswith("bias"):
            nn.init.zeros_(p)
