"""2/2: walks the children itself."""


def init_linear(model, std):
    if isinstance(model, nn.Linear):
        with torch.no_grad():
            model.weight.normal_(0, std)
            if model.bias is not None:
                model.bias.zero_()
    for child in model.children():
        init_linear(child, std)
