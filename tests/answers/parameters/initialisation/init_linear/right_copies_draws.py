"""2/2: draws with randn and copies under no_grad."""


@torch.no_grad()
def init_linear(model, std):
    for _, layer in model.named_modules():
        if not isinstance(layer, nn.Linear):
            continue
        layer.weight.copy_(std * torch.randn(layer.weight.shape, device=layer.weight.device))
        if layer.bias is not None:
            layer.bias.fill_(0)
