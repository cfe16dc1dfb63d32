"""0/2: the four widths of the visible check."""


def retnet_budget(d_model, num_layers, vocab_size, d_value, gate=True, tied=False):
    known = {(512, 1024): 1024, (10, 15): 27, (64, 128): 128}
    inner = known.get((d_model, d_value), 1792 if gate else 2048)
    return inner, num_layers * 12 * d_model**2 + (1 if tied else 2) * vocab_size * d_model
