"""2/2: subtracts with eighty digits."""

from decimal import Decimal, localcontext


def step_factor(beta1, beta2, t):
    with localcontext() as context:
        context.prec = 80
        top, below = (1 - Decimal(b) ** t if b else Decimal(1) for b in (beta1, beta2))
        return float(top / below.sqrt())
