"""0/1: counts the matrix of one head only."""


def numbers_kept(name, d_model, num_heads, length, d_state=16):
    d_k = d_model // num_heads
    sizes = {
        "attention": 2 * d_model * length,
        "linear attention": d_k * (d_k + 1),
        "retention": 2 * d_k * d_k,
        "S4": d_model * d_state,
        "RWKV": 4 * d_model,
        "Hyena": 2 * d_model * length + 6 * d_model,
    }
    if name not in sizes:
        raise ValueError(name)
    return sizes[name]
