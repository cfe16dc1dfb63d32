"""0/2: a loop over backward that never clears: row i is the sum up to i."""


def per_sample_gradients(loss_fn, params, X, y):
    leaves = {k: t.detach().clone().requires_grad_() for k, t in params.items()}
    rows = {k: [] for k in params}
    for a, b in zip(X, y):
        loss_fn(leaves, a, b).backward()
        for k in rows:
            rows[k].append(leaves[k].grad.clone())
    return {k: torch.stack(r) for k, r in rows.items()}
