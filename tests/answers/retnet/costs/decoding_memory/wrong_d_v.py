"""0/2: takes d_v = d_k, half of the state."""


def decoding_memory(parameters, batch, context, d_model, num_layers, d_k, kv_share=1.0, itemsize=2):
    state = batch * num_layers * d_model * d_k
    cache = 2 * batch * num_layers * d_model * context * kv_share
    return state / (parameters + state), (parameters + cache) / (parameters + state)
