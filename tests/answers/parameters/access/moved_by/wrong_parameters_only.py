"""0/2: forgets the buffers."""


def moved_by(model, step):
    before = {k: p.detach().clone() for k, p in model.named_parameters()}
    step()
    return {k for k, p in model.named_parameters() if not torch.equal(p, before[k])}
