"""2/2: counts on tensors of the meta device."""


def retnet_budget(d_model, num_layers, vocab_size, d_value, gate=True, tied=False):
    def count(rows, columns):
        return torch.empty(rows, columns, device="meta").numel()

    mixing = 2 * count(d_model, d_model) + (3 if gate else 2) * count(d_model, d_value)
    room = 12 * count(d_model, d_model) - mixing
    inner = room // (2 * d_model)
    if inner <= 0:
        raise ValueError(f"no room: {room}")
    ends = [count(vocab_size, d_model)] * (1 if tied else 2)
    return inner, num_layers * (mixing + 2 * count(d_model, inner)) + sum(ends)
