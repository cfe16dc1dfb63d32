"""0/2: adds the parameters and their gradients, which are not state."""


def optimizer_bytes(optimizer):
    total = 0
    for group in optimizer.param_groups:
        for p in group["params"]:
            total += p.nbytes + (p.grad.nbytes if p.grad is not None else 0)
            total += sum(v.nbytes for v in optimizer.state[p].values())
    return total
