"""2/3: the page's measure: windows that follow each other, whatever the stride."""


def bits_per_char(model, tokens, length, stride):
    mode, n = model.training, len(tokens) - 1
    model.eval()
    total = 0.0
    with torch.no_grad():
        for start in range(0, n, length):
            end = min(start + length, n)
            log_p = model(tokens[None, start:end])[0].double().log_softmax(-1)
            y = tokens[start + 1 : end + 1]
            total -= log_p.gather(1, y[:, None]).sum().item()
    model.train(mode)
    return total / n / math.log(2)
