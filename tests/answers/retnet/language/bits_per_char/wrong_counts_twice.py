"""2/3: overlapping windows, each counted whole."""


def bits_per_char(model, tokens, length, stride):
    mode, n = model.training, len(tokens) - 1
    model.eval()
    total, count, start = 0.0, 0, 0
    with torch.no_grad():
        while True:
            end = min(start + length, n)
            log_p = model(tokens[None, start:end])[0].double().log_softmax(-1)
            total -= log_p.gather(1, tokens[start + 1 : end + 1, None]).sum().item()
            count += end - start
            if end == n:
                break
            start += stride
    model.train(mode)
    return total / count / math.log(2)
