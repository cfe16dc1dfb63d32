"""The course's commands: `python -m tools COMMAND`, which is what the Makefile calls.

This file alone runs before anything is installed, and on whatever Python is there: it must stay
readable to an old one, so that an old one can be told so.
"""

import sys

if sys.version_info < (3, 10):
    sys.stderr.write(
        "This course needs Python 3.10 or newer; %s is Python %d.%d.\n"
        "If a newer one is installed, name it: make course PYTHON=python3.12\n"
        "Otherwise install one (python.org, or your system's packages) and try again.\n"
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )
    sys.exit(2)

from tools.commands import main

sys.exit(main(sys.argv[1:]))
