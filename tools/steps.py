"""Show what is being done, how long it took, and what to do when it fails."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools.environment import INSTALLED, Trouble, variables
from tools.paths import BUILD, ROOT


class Steps:
    """Run steps one after another; stop at the first that fails; say where the time went.

    Args:
        total: how many steps there will be, for the numbering.
    """

    def __init__(self, total: int):
        self.total = total
        self.done = 0
        self.took: list[tuple[str, float, str]] = []
        installing = float(os.environ.get(INSTALLED) or 0)
        if installing:
            self.took.append(("Installing", installing, ""))

    def __call__(self, title: str, action: Callable[[], str | None], again: str) -> None:
        """Run one step.

        Args:
            title: what is being done, in a few words.
            action: does it; may return a remark for the final table.
            again: the command that repeats this step alone.
        """
        self.done += 1
        print(f"\n[{self.done}/{self.total}] {title}", flush=True)
        start = time.perf_counter()
        try:
            remark = action() or ""
        except Trouble as trouble:
            print(f"\n{trouble}", file=sys.stderr)
            print(f"\nStopped at: {title}. To repeat it alone: {again}", file=sys.stderr)
            raise SystemExit(1) from None
        self.took.append((title, time.perf_counter() - start, remark))
        print(f"      {_clock(self.took[-1][1])}", flush=True)

    def summary(self) -> None:
        """Print a line per step with its time, and the total."""
        width = max(len(title) for title, *_ in self.took)
        print("\nWhere the time went")
        for title, seconds, remark in self.took:
            print(f"  {title:{width}}  {_clock(seconds):>8}  {remark}")
        print(f"  {'total':{width}}  {_clock(sum(s for _, s, _ in self.took)):>8}")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)} min {rest:02.0f} s" if minutes else f"{rest:.1f} s"


def run(
    command: list[str],
    *,
    log: str,
    advice: str,
    show: Callable[[str], str | None] = lambda line: line,
    extra: dict[str, str] | None = None,
    codes: tuple[int, ...] = (0,),
    again: Callable[[list[str]], list[str]] = lambda lines: lines[-40:],
) -> list[str]:
    """Run a command, show its lines as they come, keep all of them in ``_build/logs``.

    Args:
        command: the program and its arguments; ``python`` means the environment's.
        log: the log file's name.
        advice: what to do if it fails.
        show: what to print for a line; ``None`` prints nothing.
        extra: environment variables on top of the usual ones.
        codes: exit codes that mean success.
        again: which of the lines to show again if it fails.

    Returns:
        Every line of its output.

    Raises:
        Trouble: it failed; with its last lines, the log's place and the advice.
    """
    environment = {**variables(), **(extra or {})}
    program = sys.executable
    if command[0] != "python":  # one of the environment's own, which need not be on our PATH
        program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    command = [program, *command[1:]]
    file = BUILD / "logs" / f"{log}.log"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    with file.open("w", encoding="utf-8") as keep:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            text=True,
            encoding="utf-8",
            errors="replace",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for line in process.stdout:
            keep.write(line)
            lines.append(line.rstrip())
            shown = show(lines[-1])
            if shown is not None:
                print(f"      {shown}", flush=True)
    if process.wait() not in codes:
        words = "\n".join(again(lines))
        where = os.path.relpath(file, ROOT)
        raise Trouble(
            f"{words}\n\nFailed: {' '.join(_short(command))}\nAll of it: {where}\n{advice}"
        )
    return lines


def _short(command: list[str]) -> list[str]:
    """The command as a person would type it."""
    name = Path(command[0]).name
    return ["python" if name.startswith("python") else name, *command[1:]]
