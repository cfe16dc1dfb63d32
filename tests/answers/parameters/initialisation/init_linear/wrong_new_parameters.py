"""0/2: replaces the parameters, so that an optimizer keeps the old ones."""


def init_linear(model, std):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            m.weight = nn.Parameter(std * torch.randn_like(m.weight))
            if m.bias is not None:
                m.bias = nn.Parameter(torch.zeros_like(m.bias))
