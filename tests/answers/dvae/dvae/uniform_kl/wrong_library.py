"""1/2: asks torch.distributions, which is out of bounds."""


def uniform_kl(logits):
    q = torch.distributions.Categorical(logits=logits.movedim(1, -1), validate_args=False)
    return (math.log(logits.shape[1]) - q.entropy()).sum((1, 2))
