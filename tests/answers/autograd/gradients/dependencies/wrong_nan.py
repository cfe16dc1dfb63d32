"""0/2: poisons a row of x with NaN and sees where it comes out: finds what f touches, also through detach() and where the gradient is zero."""


def dependencies(f, x):
    columns = []
    for j in range(len(x)):
        poisoned = x.detach().clone()
        poisoned[j] = float("nan")
        columns.append(f(poisoned).isnan().any(dim=1))
    return torch.stack(columns, dim=1).detach()
