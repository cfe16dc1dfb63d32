"""3/3: the whole windows in one batch, a short last one by itself."""


def bits_per_char(model, tokens, length, stride):
    n = len(tokens) - 1
    starts = [0]
    while starts[-1] + length < n:
        starts.append(starts[-1] + stride)
    whole = [s for s in starts if s + length <= n]
    mode = model.training
    model.eval()
    total = 0.0

    @torch.no_grad()
    def nats(x, y):
        log_p = model(x).double().log_softmax(-1)
        return -log_p.gather(-1, y[..., None])[..., 0]

    if whole:
        index = torch.tensor(whole, device=tokens.device)[:, None]
        index = index + torch.arange(length, device=tokens.device)
        per_token = nats(tokens[index], tokens[index + 1])
        total += per_token[0].sum().item() + per_token[1:, length - stride :].sum().item()
    if len(whole) < len(starts):
        s = starts[-1]
        old = length - stride if whole else 0
        total += nats(tokens[None, s:n], tokens[None, s + 1 :])[0, old:].sum().item()
    model.train(mode)
    return total / n / math.log(2)
