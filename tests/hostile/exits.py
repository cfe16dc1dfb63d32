"""died 2/4: ends the process at once, outside any test."""

import os

os._exit(0)
