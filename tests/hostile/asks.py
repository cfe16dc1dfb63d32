"""graded 2/4: waits for somebody to type."""


def double(x):
    return input("the answer, please: ")
