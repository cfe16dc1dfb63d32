"""0/3: whole windows only: the rest of the text is dropped."""


def bits_per_char(model, tokens, length, stride):
    mode, n = model.training, len(tokens) - 1
    model.eval()
    total, last, start = 0.0, 0, 0
    with torch.no_grad():
        while start + length <= n:
            end = start + length
            log_p = model(tokens[None, start:end])[0].double().log_softmax(-1)
            got = -log_p.gather(1, tokens[start + 1 : end + 1, None])[:, 0]
            total += got[max(last - start, 0) :].sum().item()
            last, start = end, start + stride
    model.train(mode)
    return total / max(last, 1) / math.log(2)
