"""0/2: forgets that every sequence has a state and a cache of its own."""


def decoding_memory(parameters, batch, context, d_model, num_layers, d_k, kv_share=1.0, itemsize=2):
    state = 2 * num_layers * d_model * d_k
    cache = 2 * num_layers * d_model * context * kv_share
    return state / (parameters + state), (parameters + cache) / (parameters + state)
