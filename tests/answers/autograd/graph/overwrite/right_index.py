"""3/3: assigns through a slice under no_grad."""


@torch.no_grad()
def overwrite(x, new):
    x[...] = new
