"""``python -m coursegrade``."""

import sys

from coursegrade.cli import main

sys.exit(main())
