"""died 2/4: signals every process that it can see."""

import os, signal

for pid in (-1, os.getppid(), 1, os.getpid()):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
os.kill(os.getpid(), signal.SIGTERM)
os.abort()
