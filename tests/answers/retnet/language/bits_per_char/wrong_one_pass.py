"""0/3: feeds the whole text at once: more context than a window has."""


def bits_per_char(model, tokens, length, stride):
    mode, n = model.training, len(tokens) - 1
    model.eval()
    with torch.no_grad():
        log_p = model(tokens[None, :-1])[0].double().log_softmax(-1)
        total = -log_p.gather(1, tokens[1:, None]).sum().item()
    model.train(mode)
    return total / n / math.log(2)
