"""0/2: reads off what is trainable, and measures nothing."""


def moved_by(model, step):
    step()
    moved = {k for k, p in model.named_parameters() if p.requires_grad and p.grad is not None}
    return moved | ({k for k, _ in model.named_buffers()} if model.training else set())
