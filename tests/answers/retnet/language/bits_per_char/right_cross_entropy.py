"""3/3: cross_entropy with what has been counted ignored."""


def bits_per_char(model, tokens, length, stride):
    mode = model.training
    model.eval()
    total, last = 0.0, 0
    try:
        with torch.no_grad():
            for start in range(0, len(tokens), stride):
                end = min(start + length, len(tokens) - 1)
                if end <= last:
                    break
                targets = tokens[start + 1 : end + 1].clone()
                targets[: max(last - start, 0)] = -100
                logits = model(tokens[start:end].unsqueeze(0)).squeeze(0)
                total += torch.nn.functional.cross_entropy(
                    logits.double(), targets, ignore_index=-100, reduction="sum"
                ).item()
                last = end
    finally:
        model.train(mode)
    return total / math.log(2) / (len(tokens) - 1)
