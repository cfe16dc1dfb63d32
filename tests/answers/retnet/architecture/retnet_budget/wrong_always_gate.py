"""0/2: ignores the argument gate."""


def retnet_budget(d_model, num_layers, vocab_size, d_value, gate=True, tied=False):
    mixing = 2 * d_model**2 + 3 * d_model * d_value
    d_inner = (12 * d_model**2 - mixing) // (2 * d_model)
    if d_inner < 1:
        raise ValueError("nothing fits")
    return d_inner, num_layers * (mixing + 2 * d_model * d_inner) + (
        1 if tied else 2
    ) * vocab_size * d_model
