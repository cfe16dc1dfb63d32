"""timed out 2/4: never returns from the function."""


def double(x):
    while True:
        pass
