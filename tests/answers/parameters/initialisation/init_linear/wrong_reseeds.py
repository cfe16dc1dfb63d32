"""0/2: seeds before every layer, so that equal shapes get equal weights."""


def init_linear(model, std):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            torch.manual_seed(0)
            nn.init.normal_(m.weight, std=std)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
