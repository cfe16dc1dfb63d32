"""Run cells in one IPython shell, and record what each put out as nbformat does.

Imported ahead of time by the process that forks runners: no thread may start here.
"""

import io
import os
import re
from contextlib import redirect_stderr, redirect_stdout

os.environ.setdefault("MPLBACKEND", "agg")

from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell

HistoryManager.enabled = False  # its writer is a thread, and nothing here needs a history
ANSI = re.compile(r"\x1b\[[0-9;]*m")

shell = InteractiveShell.instance(colors="NoColor")


def run_cell(source: str) -> list[dict]:
    """Run one cell as a notebook does and return its outputs, in nbformat's form."""
    out, err, shown = io.StringIO(), io.StringIO(), []
    hook = shell.displayhook
    hook.write_output_prompt = lambda: None
    hook.write_format_data = lambda data, metadata=None: shown.append(data)
    # IPython looks for a closing semicolon in its history, which is off here
    hook.quiet = lambda: hook.semicolon_at_end_of_expression(source)
    with redirect_stdout(out), redirect_stderr(err):
        # the traceback goes into the output as in a notebook, not to the screen
        shell._showtraceback = lambda etype, value, tb: None
        result = shell.run_cell(source, store_history=False)
    outputs = []
    for name, stream in (("stdout", out), ("stderr", err)):
        if stream.getvalue():
            outputs.append({"output_type": "stream", "name": name, "text": stream.getvalue()})
    for data in shown:
        outputs.append(
            {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        )
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        outputs.append(
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": ANSI.sub("", str(error)),
                "traceback": [],
            }
        )
    return outputs
