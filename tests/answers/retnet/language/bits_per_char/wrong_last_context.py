"""2/3: counts each token in the last window that predicts it, with the least context."""


def bits_per_char(model, tokens, length, stride):
    mode, n = model.training, len(tokens) - 1
    model.eval()
    bits, start = [0.0] * n, 0
    with torch.no_grad():
        while True:
            end = min(start + length, n)
            log_p = model(tokens[None, start:end])[0].double().log_softmax(-1)
            got = log_p.gather(1, tokens[start + 1 : end + 1, None])[:, 0].tolist()
            bits[start:end] = [-x / math.log(2) for x in got]
            if end == n:
                break
            start += stride
    model.train(mode)
    return sum(bits) / n
