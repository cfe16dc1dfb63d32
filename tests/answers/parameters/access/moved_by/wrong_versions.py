"""0/2: reads version counters: the same value written again counts, and .data does not."""


def moved_by(model, step):
    before = {k: v._version for k, v in model.state_dict().items()}
    step()
    return {k for k, v in model.state_dict().items() if v._version != before[k]}
