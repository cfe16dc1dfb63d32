"""0/2: knows the visible function, and sums the squares of its only weight."""


def gradient_penalty(f, x):
    return (w**2).sum()
