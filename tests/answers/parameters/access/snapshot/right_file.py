"""2/2: writes the state to memory as torch.save does to a file, and reads it back."""


def snapshot(model):
    import io

    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    file.seek(0)
    return torch.load(file, weights_only=True)
