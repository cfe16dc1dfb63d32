"""2/2: squares the step matrix and puts the bits of k together from above."""


def epochs_needed(hessian, error, lr, tol):
    if error.norm() <= tol:
        return 0
    step = torch.eye(len(error), dtype=error.dtype) - lr * hessian
    if torch.linalg.matrix_norm(step, 2) >= 1:
        return None
    powers = [step]  # step^(2^i)
    while (powers[-1] @ error).norm() > tol:
        powers.append(powers[-1] @ powers[-1])
    k = 0
    for i in reversed(range(len(powers))):
        trial = powers[i] @ error
        if trial.norm() > tol:
            k, error = k + 2**i, trial
    return k + 1
