"""3/3: a function for each term."""


def relaxed(logits, g, tau):
    return ((logits + g) / tau).softmax(dim=1)


def rate(logits):
    q = logits.softmax(1)
    return math.log(logits.shape[1]) * q[:, 0].flatten(1).shape[1] + (
        q * logits.log_softmax(1)
    ).sum((1, 2, 3))


def dvae_loss(x, logits, g, decoder, tau, beta):
    distortion = ((decoder(relaxed(logits, g, tau)) - x) ** 2).sum((1, 2, 3)) / 2
    return distortion.mean() + beta * rate(logits).mean()
