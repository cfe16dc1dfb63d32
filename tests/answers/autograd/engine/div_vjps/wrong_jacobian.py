"""0/1: multiplies by a Jacobian matrix: right for one axis, wrong for two."""


def div_vjps(g, x, y):
    return g @ np.diag(1 / y), g @ np.diag(-x / y**2)
