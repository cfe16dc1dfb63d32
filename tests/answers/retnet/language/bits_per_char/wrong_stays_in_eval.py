"""1/3: leaves the model in evaluation mode; the figure is right."""


def bits_per_char(model, tokens, length, stride):
    n = len(tokens) - 1
    model.eval()
    total, last, start = 0.0, 0, 0
    with torch.no_grad():
        while last < n:
            end = min(start + length, n)
            log_p = model(tokens[None, start:end])[0].double().log_softmax(-1)
            got = -log_p.gather(1, tokens[start + 1 : end + 1, None])[:, 0]
            total += got[max(last - start, 0) :].sum().item()
            last, start = end, start + stride
    return total / n / math.log(2)
