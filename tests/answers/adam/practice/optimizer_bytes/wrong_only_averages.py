"""0/2: knows m and v by name; no other buffer, and no counter."""


def optimizer_bytes(optimizer):
    total = 0
    for state in optimizer.state.values():
        for name in ("exp_avg", "exp_avg_sq"):
            if name in state:
                total += state[name].nbytes
    return total
