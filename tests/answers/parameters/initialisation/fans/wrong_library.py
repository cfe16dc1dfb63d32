"""0/1: calls torch's own function."""


def fans(w):
    return nn.init._calculate_fan_in_and_fan_out(w)
