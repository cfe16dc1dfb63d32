"""2/2: counts up until the block is full."""


def retnet_budget(d_model, num_layers, vocab_size, d_value, gate=True, tied=False):
    def block(inner):
        sizes = [(d_model, d_model)] * 2 + [(d_model, d_value), (d_value, d_model)]
        sizes += [(d_model, d_value)] if gate else []
        sizes += [(d_model, inner), (inner, d_model)]
        return sum(a * b for a, b in sizes)

    inner = 0
    while block(inner + 1) <= 12 * d_model * d_model:
        inner += 1
    if inner == 0:
        raise ValueError("nothing fits")
    ends = vocab_size * d_model if tied else 2 * vocab_size * d_model
    return inner, num_layers * block(inner) + ends
