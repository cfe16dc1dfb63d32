"""2/2: adds up layer by layer."""


def decoding_memory(parameters, batch, context, d_model, num_layers, d_k, kv_share=1.0, itemsize=2):
    weights, state, cache = parameters * itemsize, 0, 0
    for _ in range(num_layers):
        heads = d_model / d_k
        state += batch * heads * d_k * (2 * d_k) * itemsize
        cache += batch * context * (d_model + d_model) * kv_share * itemsize
    return [state / (state + weights), (weights + cache) / (weights + state)]
