"""graded 2/4: raises an exception that fails when it is shown."""


class Bad(Exception):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__
    __traceback__ = property(lambda self: 1 / 0)


def double(x):
    raise Bad
