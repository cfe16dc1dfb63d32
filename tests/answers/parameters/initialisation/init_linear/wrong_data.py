"""1/2: writes through .data, past the version counter."""


def init_linear(model, std):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            m.weight.data.normal_(0, std)
            if m.bias is not None:
                m.bias.data.zero_()
