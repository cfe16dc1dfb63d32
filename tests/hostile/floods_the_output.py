"""timed out 2/4: prints without end."""


def double(x):
    while True:
        print("x" * 100_000)
