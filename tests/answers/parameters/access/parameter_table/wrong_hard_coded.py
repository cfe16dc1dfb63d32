"""0/1: knows the visible model."""


def parameter_table(model):
    return [
        ("0.weight", (8, 4), 128, True),
        ("0.bias", (8,), 32, True),
        ("2.weight", (1, 8), 32, True),
        ("2.bias", (1,), 4, True),
    ]
