"""2/2: grows a ModuleList child by child and subtracts: parameters() counts each once."""


def count_by_child(model):
    own = list(model.parameters(recurse=False))
    together = nn.Module()
    together.params = nn.ParameterList(own)
    before = sum(p.numel() for p in together.parameters())
    counts = {"": before} if own else {}
    for i, (name, child) in enumerate(model.named_children()):
        together.add_module(f"child {i}", child)
        after = sum(p.numel() for p in together.parameters())
        counts[name] = after - before
        before = after
    return counts
