"""0/3: lets torch's Adam average."""

import torch


def ewma(values, beta, correct=False):
    p = torch.nn.Parameter(torch.zeros_like(values[0]))
    optimizer = torch.optim.Adam([p], betas=(beta, 0.9))
    rows = []
    for t, g in enumerate(values, start=1):
        p.grad = g.clone()
        optimizer.step()
        m = optimizer.state[p]["exp_avg"]
        rows.append(m / (1 - beta**t) if correct else m.clone())
    return torch.stack(rows)
