"""3/3: the bits of each token in a tensor, the later windows first, so that the first overwrites."""


def bits_per_char(model, tokens, length, stride):
    mode, n = model.training, len(tokens) - 1
    bits = torch.zeros(n, dtype=torch.float64)
    starts = [0]
    while starts[-1] + length < n:
        starts.append(starts[-1] + stride)
    model.eval()
    with torch.inference_mode():
        for start in reversed(starts):
            x = tokens[start : min(start + length, n)]
            y = tokens[start + 1 : start + 1 + len(x)]
            p = model(x[None]).softmax(-1).double()[0]
            bits[start : start + len(x)] = -p.gather(1, y[:, None])[:, 0].log2().cpu()
    model.train(mode)
    return bits.mean().item()
