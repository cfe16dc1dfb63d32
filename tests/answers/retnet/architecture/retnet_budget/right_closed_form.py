"""2/2: 5 d - 3/2 v, or 5 d - v, in integers."""


def retnet_budget(d_model, num_layers, vocab_size, d_value, gate=True, tied=False):
    inner = (10 * d_model - 3 * d_value) // 2 if gate else 5 * d_model - d_value
    if inner < 1:
        raise ValueError("no room for an FFN")
    block = d_model * (2 * d_model + (2 + gate) * d_value + 2 * inner)
    return inner, block * num_layers + vocab_size * d_model * (2 - tied)
