"""2/2: compares shapes and the numbers as text."""


def moved_by(model, step):
    def read():
        return {k: (tuple(v.shape), repr(v.tolist())) for k, v in model.state_dict().items()}

    before = read()
    step()
    return {k for k, v in read().items() if v != before[k]}
