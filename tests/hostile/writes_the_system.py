"""graded 2/4: changes files of the machine and of the course."""

import os, sys
import torch

for path in (
    "/etc/passwd",
    "/usr/bin/x",
    torch.__file__,
    sys.executable,
    os.path.dirname(torch.__file__) + "/x.py",
):
    for mode in ("w", "a"):
        try:
            open(path, mode)
        except OSError:
            pass
        else:
            print("CANARY wrote", path)


def double(x):
    return x
