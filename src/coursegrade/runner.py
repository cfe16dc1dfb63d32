"""The process that runs a notebook's cells: an IPython shell at the end of a socket.

It runs behind the sandbox's walls with a learner's code in it, so nothing that it says about
itself is believed beyond what a cell put out. Messages are length-prefixed JSON. Each request
carries a token that its reply must repeat: code that finds the socket while it runs cannot answer
for a cell that has not been sent yet.

Imported ahead of time by the process that forks runners: no thread may start here.
"""

import builtins
import contextlib
import io
import json
import linecache
import os
import re
import socket
import struct
import sys
import threading
import time
import traceback
import types

os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

from IPython import version_info
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell

from coursegrade import testcells
from coursegrade.guard import Guard, audit

HistoryManager.enabled = False  # its writer is a thread, and nothing here needs a history
ANSI = re.compile(r"\x1b\[[0-9;]*m")
HEADER = struct.Struct(">I")
MAX_MESSAGE = 64 * 2**20
# What may be shown of a learner's objects. HTML, SVG and scripts stay out: somebody with the
# gradebook open in the same browser is going to look at them.
SHOWN = ("text/plain", "image/png", "image/jpeg")
MAX_TRACEBACK = 20_000  # characters


def send(channel: socket.socket, message: dict) -> None:
    """Write one message."""
    data = json.dumps(message).encode()
    channel.sendall(HEADER.pack(len(data)) + data)


class Recorder:
    """The outputs of one cell, in nbformat's form, up to so many bytes."""

    def __init__(self, max_bytes: int):
        self.outputs: list[dict] = []
        self.left = max_bytes
        self.cut = False

    def _take(self, size: int) -> bool:
        self.left -= size
        if self.left >= 0:
            return True
        if not self.cut:
            self.cut = True
            text = "\n[coursegrade: the rest of this cell's output is left out]\n"
            self.outputs.append({"output_type": "stream", "name": "stdout", "text": text})
        return False

    def stream(self, name: str, text: str) -> None:
        """Add what was written to stdout or stderr."""
        if self.cut or not text:
            return
        if len(text) > self.left:
            text = text[: max(self.left, 0)]
            self._append(name, text)
            self._take(self.left + 1)
            return
        self._take(len(text))
        self._append(name, text)

    def _append(self, name: str, text: str) -> None:
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["parts"].append(text)
        else:
            self.outputs.append({"output_type": "stream", "name": name, "parts": [text]})

    def display(self, kind: str, data: dict) -> None:
        """Add a ``display_data`` or an ``execute_result``."""
        shown = {mime: data[mime] for mime in SHOWN if isinstance(data.get(mime), str)}
        if shown and self._take(sum(map(len, shown.values()))):
            output = {"output_type": kind, "data": shown, "metadata": {}}
            if kind == "execute_result":
                output["execution_count"] = None
            self.outputs.append(output)

    def error(self, error_type: str, value: str, trace: list[str]) -> None:
        """Add the error that ended the cell; it is always kept."""
        self.outputs.append(
            {
                "output_type": "error",
                "ename": error_type[:200],
                "evalue": ANSI.sub("", value)[:MAX_TRACEBACK],
                "traceback": ["\n".join(trace)[-MAX_TRACEBACK:]] if trace else [],
            }
        )

    def result(self) -> list[dict]:
        for output in self.outputs:
            if "parts" in output:
                output["text"] = "".join(output.pop("parts"))
        return self.outputs


class _Stream(io.TextIOBase):
    """stdout or stderr of a cell."""

    encoding = "utf-8"

    def __init__(self, recorder: Recorder, name: str):
        self._recorder, self.name = recorder, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._recorder.stream(self.name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    recorder: Recorder | None = None

    def publish(self, data, metadata=None, **kwargs):
        if self.recorder is not None:
            self.recorder.display("display_data", data)

    def clear_output(self, wait=False):
        if self.recorder is not None:
            self.recorder.outputs.clear()


class _Hook(DisplayHook):
    recorder: Recorder | None = None

    def quiet(self):
        # the shell looks for a closing semicolon in its history, which is off here
        return self.semicolon_at_end_of_expression(_Shell.source)

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        if self.recorder is not None:
            self.recorder.display("execute_result", format_dict)


class _Shell(InteractiveShell):
    source = ""

    def enable_gui(self, gui=None):
        pass  # figures are drawn into the notebook; there is no window to open

    def _showtraceback(self, etype, evalue, stb):
        self.display_pub.recorder.error(etype.__name__, str(evalue), stb)


def _plain() -> str:
    return "nocolor" if version_info >= (9,) else "NoColor"


def make_shell() -> InteractiveShell:
    """The one shell of this process."""
    shell = _Shell.instance(colors=_plain(), display_pub_class=_Publisher, displayhook_class=_Hook)
    shell.InteractiveTB.set_mode("Plain")  # a context with every frame takes 50 ms to draw
    shell.showtraceback = types.MethodType(_plain_traceback, shell)
    return shell


def _plain_traceback(shell, *args, **kwargs):
    """Show the error that is being handled, from the cell's own frames on."""
    error = sys.exc_info()[1]
    if error is None:
        return
    shell.display_pub.recorder.error(type(error).__name__, _text(error), _frames(error))


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException as second:
        return f"<the error cannot be shown: {type(second).__name__}>"


def _frames(error: BaseException) -> list[str]:
    """The traceback without the frames of this module and of the shell."""
    try:
        lines = traceback.TracebackException(
            type(error), error, error.__traceback__, limit=-30, compact=True
        )
        keep = [
            f for f in lines.stack if "IPython/core" not in f.filename and f.filename != __file__
        ]
        lines.stack[:] = keep
        return "".join(lines.format()).splitlines()
    except BaseException:  # an exception class may misbehave in any way
        return [f"{type(error).__name__}: {_text(error)}"]


# --- cells ---------------------------------------------------------------------------------------


class Notebook:
    """One notebook's names, and how each kind of cell uses them.

    ``given`` cells are the instructor's, ``answer`` cells the learner's, ``test`` cells the
    instructor's again. A test cell runs with names of its own: whatever an instructor's cell has
    defined has that value, whatever else is the learner's, and no name stands in front of a
    builtin. So an answer that redefines ``all`` or ``torch`` may use its own and tests do not.
    """

    def __init__(self, shell: InteractiveShell, guard: Guard):
        self.shell = shell
        self.guard = guard
        self.given: dict[str, object] = {}
        self.answered = False  # whether a learner's cell has run
        self.restored = False  # whether no cell has run since all was put back
        self._quiet = set(shell.user_ns) | {"_", "__", "___", "_i", "_ii", "_iii", "_dh"}

    def run(self, message: dict, recorder: Recorder) -> list[str]:
        """Run one cell; return what was found to be tampered with."""
        role, name = message["role"], message["name"]
        restored, self.restored = self.restored, False
        flags = []
        if role == "test":
            flags += self._put_back(restored)
            audit.begin(name)
            with self._output(recorder):
                self._run_test(message, recorder)
            during = audit.end()
            after = self.guard.put_back()
            self.restored = True
            flags += [f"during the test: {flag}" for flag in [*during, *after]]
            if (during or after) and not any(o["output_type"] == "error" for o in recorder.outputs):
                recorder.error(
                    "Tampering",
                    "this test was interfered with while it ran: " + "; ".join([*during, *after]),
                    [],
                )
        else:
            if self.answered:
                flags += self._put_back(restored)
            before = dict(self.shell.user_ns)
            self.shell.compile.get_code_name = lambda raw, code, number: f"<{role} {name}>"
            _Shell.source = message["source"]
            with self._output(recorder):
                self.shell.run_cell(message["source"], store_history=False)
            if role == "answer":
                self.answered = True
            else:
                self._note(before, self.shell.user_ns)
                if not self.answered:
                    self.guard.accept()  # what an instructor's setup changes is meant
            flags += [f"looked at {what}" for what in audit.seen()]
        return flags

    def _note(self, before: dict, after: dict) -> None:
        for name, value in after.items():
            if name not in self._quiet and (name not in before or before[name] is not value):
                self.given[name] = value

    def _put_back(self, restored: bool) -> list[str]:
        # after a test everything is back; what still changes it is found after the next one
        flags = [] if restored else self.guard.put_back()
        others = [t for t in threading.enumerate() if t is not threading.main_thread()]
        if others:
            flags.append(f"{len(others)} threads of its own were running and were left behind")
            _leave_threads_behind()
        return flags

    @contextlib.contextmanager
    def _output(self, recorder: Recorder):
        self.shell.display_pub.recorder = recorder
        self.shell.displayhook.recorder = recorder
        saved = sys.stdout, sys.stderr, sys.displayhook
        sys.stdout, sys.stderr = _Stream(recorder, "stdout"), _Stream(recorder, "stderr")
        try:
            yield
        finally:
            sys.stdout, sys.stderr, sys.displayhook = saved

    def _code(self, source: str, name: str, code: str | None, names: dict) -> tuple:
        """A test cell's code, ready made if that fits, with its judges among the names."""
        if code is not None:
            body, last, used = testcells.load(code)
            judges = {private: self.guard.judge(what, names) for private, what in used.items()}
            if None not in judges.values():
                names.update(judges)
                return body, last
        tree = testcells.parse(source, name)
        is_judge = lambda what: self.guard.judge(what, names) is not None  # noqa: E731
        used = testcells.rewrite(tree, is_judge)
        names.update({private: self.guard.judge(what, names) for private, what in used.items()})
        return testcells.compiled(tree, name)

    def _run_test(self, message: dict, recorder: Recorder) -> None:
        source, name, defines = message["source"], message["name"], message["defines"]
        learner = self.shell.user_ns
        module = types.ModuleType("__main__")
        names = module.__dict__
        theirs = {
            key: value
            for key, value in learner.items()
            if key in defines or (key not in self.given and not hasattr(builtins, key))
        }
        names.update(theirs)
        names.update({k: v for k, v in self.given.items() if k not in defines or k not in learner})
        names["__builtins__"] = dict(vars(builtins))  # its own: nobody can change it under way
        before = dict(names)
        filename = testcells.filename(name)
        try:
            body, last = self._code(source, name, message.get("code"), names)
            exec(body, names)
            if last is not None:
                value = eval(last, names)
                if value is not None and not source.rstrip().endswith(";"):
                    recorder.display("execute_result", {"text/plain": repr(value)[:10_000]})
        except BaseException as error:  # SystemExit and KeyboardInterrupt end a test like any other
            # only now: while it ran, code that it called could have read the test there
            linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
            recorder.error(type(error).__name__, _text(error), _frames(error))
        finally:
            linecache.cache.pop(filename, None)
            new = {
                key: value
                for key, value in names.items()
                if not key.startswith("__") and (key not in before or before[key] is not value)
            }
            self.given.update(new)
            learner.update(new)


_going_on = False


def _mute(channel: socket.socket) -> None:
    """In a process that a learner's code has forked: it has nothing to answer."""
    if not _going_on:
        os.close(channel.fileno())


def _leave_threads_behind() -> None:
    """Go on in a fork: of all threads it has only the one that called."""
    global _going_on
    _going_on = True
    pid = os.fork()
    _going_on = False
    if pid:
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 128 - code)


# --- the loop ------------------------------------------------------------------------------------

shell = make_shell()
shell.run_cell("pass", store_history=False)  # a first cell imports: all forks have that now


def serve(request: dict, channel: socket.socket) -> None:
    """Answer requests until the other side hangs up."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(request.get("threads", 1))
    audit.install()
    guard = Guard.current()
    notebook = Notebook(shell, guard)
    run, self_check = notebook.run, guard.self_check
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _mute(channel))
    reader = channel.makefile("rb")
    sys.stdin = open(os.devnull)  # noqa: SIM115 - a cell that asks for input gets none
    while True:
        header = reader.read(HEADER.size)
        if len(header) < HEADER.size:
            os._exit(0)
        message = json.loads(reader.read(HEADER.unpack(header)[0]))
        recorder = Recorder(message["max_output"])
        started = time.process_time()
        try:
            flags = run(message, recorder)
            own = self_check()
        except BaseException as error:  # whatever escapes costs this cell, not the notebook
            own = self_check()
            flags = []
            recorder.error(type(error).__name__, _text(error), _frames(error))
        if own:  # what looked at everything may have used what was exchanged
            notebook.restored = False
        flags += own
        reply = {
            "token": message["token"],
            "outputs": recorder.result(),
            "flags": flags[:50],
            "cpu": time.process_time() - started,
        }
        send(channel, reply)
