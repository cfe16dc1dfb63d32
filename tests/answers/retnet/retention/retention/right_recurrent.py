"""2/2: the recurrent form."""


def retention(q, k, v, log_gamma):
    dtype = torch.promote_types(v.dtype, torch.float32)
    gamma = log_gamma.to(dtype).exp()[:, None, None]
    state, outputs = 0.0, []
    for n in range(q.shape[2]):
        kv = k[:, :, n, :, None].to(dtype) * v[:, :, n, None, :].to(dtype)
        state = gamma * state + kv
        outputs.append(torch.einsum("bhk,bhkv->bhv", q[:, :, n].to(dtype), state))
    return (torch.stack(outputs, dim=2) / q.shape[-1] ** 0.5).to(v.dtype)
