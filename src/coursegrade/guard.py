"""Put back what tests rely on, after a learner's code has run and before each test.

``Guard`` remembers every function, class and module that the imported modules hold, before any
learner's code has run. ``put_back`` restores what differs and names it. ``audit`` notes when a
learner's own code looks at the interpreter's insides, which no exercise needs.

A process that runs somebody's code cannot be trusted about itself. This closes the ways that are
known and makes the rest visible; the sandbox, not this module, is what protects everybody else.
"""

import builtins
import contextlib
import gc
import itertools
import operator
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterable

# What tests rely on: the names in these modules, and the classes and functions that they define.
# A dot at the end takes in what lies below.
WATCHED = (
    "abc", "builtins", "cmath", "collections", "contextlib", "copy", "decimal", "fractions",
    "functools", "inspect", "itertools", "json", "math", "numbers", "operator", "random", "re",
    "statistics", "traceback", "types", "typing", "warnings", "unittest.", "coursegrade.",
    "IPython.core.", "IPython.display", "numpy", "numpy.linalg", "numpy.random", "numpy.testing.",
    "numpy.ma", "numpy._core.numeric", "numpy.core.numeric", "pandas", "pandas.testing", "pytest",
    "scipy", "torch", "torch._C", "torch._C._nn", "torch._tensor", "torch._VF", "torch.autograd.",
    "torch.distributions.", "torch.fft", "torch.func", "torch.functional", "torch.linalg",
    "torch.nn.", "torch.optim.", "torch.overrides", "torch.random", "torch.special",
    "torch.testing.", "torch.utils.checkpoint", "torch.utils.data.",
)  # fmt: skip
_EXACT = frozenset(name.rstrip(".") for name in WATCHED)
_BELOW = tuple(name for name in WATCHED if name.endswith("."))

# Functions that decide a test. A test cell calls these by a name that nobody else knows, so that
# code which a test calls cannot exchange them under way. torch's work on plain data only.
JUDGES = (
    "torch.allclose", "torch.equal", "torch.isclose", "torch.testing.assert_close",
    "torch.testing.assert_allclose", "torch.autograd.gradcheck", "torch.autograd.gradgradcheck",
    "torch.is_tensor", "numpy.allclose", "numpy.isclose", "numpy.array_equal",
    "numpy.testing.assert_allclose", "numpy.testing.assert_array_equal",
    "numpy.testing.assert_almost_equal", "numpy.testing.assert_array_almost_equal",
    "math.isclose", "math.isfinite", "math.isnan", "inspect.signature", "inspect.getsource",
)  # fmt: skip
_PLAIN = types.FunctionType, types.BuiltinFunctionType, type, types.ModuleType
_Kinds = (*_PLAIN, types.MethodDescriptorType, types.WrapperDescriptorType, property,
          staticmethod, classmethod, types.GetSetDescriptorType, types.MethodType)  # fmt: skip


def _watched(name: str | None) -> bool:
    return isinstance(name, str) and (name in _EXACT or name.startswith(_BELOW))


class _Names:
    """Some of the entries of one dictionary, compared by identity."""

    __slots__ = ("get", "keys", "label", "owner", "restore", "values")

    def __init__(self, label: str, owner: object, entries: dict, restore: Callable):
        self.label = label
        self.owner = owner
        self.keys = tuple(entries)
        self.values = tuple(entries.values())
        self.get = owner.__dict__.get
        self.restore = restore

    def changed(self) -> bool:
        return not all(map(operator.is_, map(self.get, self.keys), self.values))

    def put_back(self) -> Iterable[str]:
        for key, value in zip(self.keys, self.values, strict=True):
            if self.get(key) is not value:
                self.restore(self.owner, key, value)
                yield f"{self.label}.{key}"


def make_self_check() -> Callable[[], list[str]]:
    """Return a function that puts this package and the builtins back before anything else does.

    Everything that it needs it holds by itself: what a learner's code replaces in this module, in
    its classes or among the builtins is not asked.
    """
    kept = []
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "coursegrade":
            kept += [(vars(module), key, value) for key, value in vars(module).items()
                     if issubclass(type(value), (types.FunctionType, type))]  # fmt: skip
    attributes = [
        (cls, key, value)
        for space, _, cls in kept
        if isinstance(cls, type) and cls.__module__.startswith("coursegrade")
        for key, value in vars(cls).items()
        if isinstance(value, (types.FunctionType, property, staticmethod, classmethod))
    ]
    names, right = vars(builtins), dict(vars(builtins))
    right.pop("_", None)  # the last result that a shell has shown
    lists = (kept, attributes)
    set_attribute = type.__setattr__
    missing = object()

    def self_check() -> list[str]:
        found = []
        for key, value in right.items():
            if names.get(key, missing) is not value:
                names[key] = value
                found.append("builtins." + key)
        for space, key, value in lists[0]:
            if space.get(key, missing) is not value:
                space[key] = value
                found.append("coursegrade's " + key)
        for cls, key, value in lists[1]:
            if cls.__dict__.get(key, missing) is not value:
                set_attribute(cls, key, value)
                found.append("coursegrade's " + key)
        return found

    return self_check


def _inherited(cls: type, key: str) -> object:
    for base in cls.__mro__[1:]:
        if key in base.__dict__:
            return base.__dict__[key]
    return None


def _restore_module(module, key, value) -> None:
    module.__dict__[key] = value


def _restore_class(cls, key, value) -> None:
    type.__setattr__(cls, key, value)


class Guard:
    """A snapshot of this process's modules, classes, functions and interpreter hooks."""

    _current: "Guard | None" = None

    @classmethod
    def current(cls) -> "Guard":
        """The snapshot taken in the parent, or one of now."""
        if cls._current is None:
            cls._current = cls()
        return cls._current

    def __init__(self) -> None:
        _settle_torch()
        self.modules: list[_Names] = []
        self.classes: list[tuple[_Names, frozenset]] = []
        self.functions: dict[int, tuple] = {}
        self.homes = tuple(
            os.path.join(folder, "")
            for folder in dict.fromkeys([*sys.path, sys.prefix, sys.base_prefix])
            if os.path.isabs(folder)
        )
        self.known: set[str] = set()
        self.seen: set[int] = set()
        self._look_at_modules()
        self._look_at_interpreter()
        # made here, in the parent: to look at every module costs a forked process 12 ms
        self.self_check = make_self_check()
        self._look_at_all()

    def _look_at_modules(self) -> None:
        """Take in the watched modules that are not in the snapshot yet."""
        for name, module in sorted(sys.modules.items()):
            if name in self.known or not _watched(name):
                continue
            if not isinstance(module, types.ModuleType):
                continue
            self.known.add(name)
            # by type: isinstance would wake the objects that stand in for deprecated names
            entries = {k: v for k, v in list(vars(module).items()) if issubclass(type(v), _PLAIN)}
            self.modules.append(_Names(name, module, entries, _restore_module))
            for value in entries.values():
                self._look_into(value, self.seen)
        self.judges = self._judges()

    def _look_at_interpreter(self) -> None:
        self.loaded = dict(sys.modules)
        self.interpreter = {
            name: list(getattr(sys, name)) for name in ("path", "meta_path", "path_hooks")
        }
        self.hooks = {
            name: getattr(sys, name)
            for name in ("excepthook", "unraisablehook", "breakpointhook", "displayhook")
        }
        self.collector = list(gc.callbacks)
        shell = _shell()
        self.shell = dict(vars(shell)) if shell is not None else {}
        names = ("cleanup_transforms", "line_transforms", "token_transformers")
        self.transforms = (
            {name: list(getattr(shell.input_transformer_manager, name)) for name in names}
            if shell is not None
            else {}
        )
        self.events = (
            {event: list(calls) for event, calls in shell.events.callbacks.items()}
            if shell is not None
            else {}
        )

    def _look_into(self, value: object, seen: set[int]) -> None:
        if id(value) in seen or not _watched(getattr(value, "__module__", None)):
            return
        seen.add(id(value))
        if isinstance(value, types.FunctionType):
            self.functions[id(value)] = (
                value, value.__code__, value.__defaults__, value.__kwdefaults__,
            )  # fmt: skip
        elif isinstance(value, type) and not issubclass(value, BaseException):
            try:
                type.__setattr__(value, "__coursegrade__", 0)
                type.__delattr__(value, "__coursegrade__")
            except TypeError:  # a class of C's: nobody can change it
                return
            entries = {k: v for k, v in list(vars(value).items()) if isinstance(v, _Kinds)}
            label = f"{value.__module__}.{value.__qualname__}"
            names = _Names(label, value, entries, _restore_class)
            self.classes.append((names, frozenset(vars(value))))
            for attribute in entries.values():
                if isinstance(attribute, types.FunctionType):
                    self._look_into(attribute, seen)

    def _look_at_all(self) -> None:
        """Take all values of all watched modules and classes, guarded ones or not, in one row."""
        owners = [names.owner for names in self.modules] + [
            names.owner for names, _ in self.classes
        ]
        self._views = [owner.__dict__.values() for owner in owners]
        self._values = tuple(itertools.chain.from_iterable(self._views))

    def _nothing_moved(self) -> bool:
        """Whether every value is the one in the row: a single pass, and the usual case."""
        if sum(map(len, self._views)) != len(self._values):
            return False
        now = itertools.chain.from_iterable(self._views)
        return all(map(operator.is_, now, self._values))

    def put_back(self) -> list[str]:
        """Restore everything; return the names of what had been changed."""
        found = self.self_check()  # first: what follows relies on the builtins
        if not self._nothing_moved():
            found += self._names()
            self._look_at_all()  # what is not guarded may differ from now on
        for function in audit.rewritten():
            known = self.functions.get(id(function))
            now = (function, function.__code__, function.__defaults__, function.__kwdefaults__)
            if known is not None and any(map(operator.is_not, known, now)):
                _, function.__code__, function.__defaults__, function.__kwdefaults__ = known
                found.append(f"{function.__module__}.{function.__qualname__}")
        found += self._interpreter()
        audit.rewritten()  # our own repairs are none
        return found

    def _names(self) -> list[str]:
        """Restore what the names in modules and classes stand for."""
        found: list[str] = []
        for names in self.modules:
            if names.changed():
                found += names.put_back()
        for names, keys in self.classes:
            if names.changed():
                found += names.put_back()
            if len(names.owner.__dict__) != len(keys):
                for key in set(names.owner.__dict__) - keys:
                    value = names.owner.__dict__[key]
                    if isinstance(value, _Kinds):
                        type.__delattr__(names.owner, key)
                        # a test that exchanges an inherited method leaves it here, unchanged
                        if value is not _inherited(names.owner, key):
                            found.append(f"{names.label}.{key}")
        return found

    def accept(self) -> None:
        """Take what is now for what it should be: called after an instructor's cell."""
        if not self._nothing_moved():
            self._accept_names()
        for function in audit.rewritten():
            if id(function) in self.functions:
                now = (function.__code__, function.__defaults__, function.__kwdefaults__)
                self.functions[id(function)] = (function, *now)
        if sys.modules.keys() - self.loaded.keys():  # what the cell has imported
            self._look_at_modules()
        self._look_at_interpreter()
        self._look_at_all()

    def _accept_names(self) -> None:
        for names in self.modules:
            names.values = tuple(map(names.get, names.keys))
        for place, (names, keys) in enumerate(self.classes):
            now = names.owner.__dict__
            if names.changed() or len(now) != len(keys):
                entries = {key: now.get(key) for key in names.keys}
                fresh = _Names(names.label, names.owner, entries, names.restore)
                self.classes[place] = (fresh, frozenset(now))

    def _interpreter(self) -> list[str]:
        found = []
        for name, module in self.loaded.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
                found.append(f"sys.modules[{name!r}]")
        for name, module in list(sys.modules.items()):
            if name not in self.loaded and _stranger(module, self.homes):
                del sys.modules[name]  # a file of that name beside the notebook, or no file at all
                found.append(f"sys.modules[{name!r}]")
        for name, value in self.interpreter.items():
            if getattr(sys, name) != value:
                kept = [x for x in getattr(sys, name) if x in value]
                if kept != value or name != "path":
                    found.append(f"sys.{name}")
                setattr(sys, name, list(value))
        for name, value in self.hooks.items():
            if getattr(sys, name) is not value:
                setattr(sys, name, value)
                found.append(f"sys.{name}")
        if sys.gettrace() or sys.getprofile():
            sys.settrace(None)
            sys.setprofile(None)
            found.append("sys.settrace")
        threading.settrace(None)
        threading.setprofile(None)
        if gc.callbacks != self.collector:
            gc.callbacks[:] = self.collector
            found.append("gc.callbacks")
        if hasattr(signal, "setitimer") and any(signal.setitimer(signal.ITIMER_REAL, 0)):
            found.append("signal.setitimer")
        found += self._ipython()
        found += _pop_torch_modes()
        return found

    def _ipython(self) -> list[str]:
        shell = _shell()
        if shell is None:
            return []
        found = []
        for key in list(vars(shell)):
            value, now = self.shell.get(key), vars(shell)[key]
            if now is not value and callable(now) and key not in ("compile",):
                if key in self.shell:
                    vars(shell)[key] = value
                else:
                    del vars(shell)[key]
                found.append(f"IPython's {key}")
        for event, calls in self.events.items():
            if shell.events.callbacks[event] != calls:
                shell.events.callbacks[event][:] = calls
                if event not in ("post_execute", "post_run_cell"):  # matplotlib draws in these
                    found.append(f"IPython's {event} event")
        manager = shell.input_transformer_manager
        for name, right in self.transforms.items():
            if getattr(manager, name) != right:
                setattr(manager, name, list(right))
                found.append(f"IPython's {name}")
        for name, empty in (("ast_transformers", []), ("custom_exceptions", ())):
            if getattr(shell, name) != empty:
                setattr(shell, name, empty)
                found.append(f"IPython's {name}")
        return found

    # --- the functions that decide ---------------------------------------------------------------

    def _judges(self) -> dict[str, Callable]:
        judges = {}
        for dotted in JUDGES:
            module, _, name = dotted.rpartition(".")
            if module in sys.modules and hasattr(sys.modules[module], name):
                judges[dotted] = _on_plain_data(dotted, getattr(sys.modules[module], name))
        return judges

    def judge(self, dotted: str, names: dict) -> Callable | None:
        """Return the judge that a test cell with these names means by "torch.allclose", if any."""
        root, _, rest = dotted.partition(".")
        module = names.get(root)
        if not isinstance(module, types.ModuleType):
            return None
        return self.judges.get(f"{module.__name__}.{rest}")


def _on_plain_data(dotted: str, function: Callable) -> Callable:
    """torch's comparisons ask their arguments first what the answer is; these do not."""
    if not dotted.startswith("torch."):
        return function
    plain = sys.modules["torch"]._C.DisableTorchFunctionSubclass

    def judge(*args, **kwargs):
        with plain():
            return function(*args, **kwargs)

    return judge


def _pop_torch_modes() -> list[str]:
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    found = []
    for kind in ("function", "dispatch"):
        length = getattr(torch._C, f"_len_torch_{kind}_stack", None)
        pop = getattr(torch._C, f"_pop_torch_{kind}_stack", None)
        while length is not None and pop is not None and length() > 0:
            pop()
            found.append(f"a torch_{kind} mode")
    return found


def _settle_torch() -> None:
    """Let torch.optim wrap the step of each optimizer now: it does so when one is first made."""
    if "torch.optim" not in sys.modules:
        return
    torch = sys.modules["torch"]
    for kind in vars(torch.optim).values():
        if isinstance(kind, type) and issubclass(kind, torch.optim.Optimizer):
            with contextlib.suppress(Exception):  # some need more than a parameter
                kind([torch.nn.Parameter(torch.zeros(1, 1))], lr=1.0)


def _stranger(module: object, homes: tuple[str, ...]) -> bool:
    """Whether a module came from the submission: from its folder, or out of nowhere."""
    if not isinstance(module, types.ModuleType):
        return True
    spec = getattr(module, "__spec__", None)
    if spec is None:
        # torch and others make a few modules in memory
        return _watched(module.__name__)
    origin = getattr(spec, "origin", None) or ""
    if not os.path.isabs(origin):  # built in, frozen, a namespace
        return False
    # not: below /tmp. A whole environment may lie there
    return not origin.startswith(homes)


def _shell():
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        return None
    return module.InteractiveShell.instance()


# --- looking at the interpreter's insides --------------------------------------------------------

_EVENTS = frozenset(
    {
        "sys._getframe", "sys._getframemodulename", "sys._current_frames", "gc.get_objects",
        "gc.get_referrers", "gc.get_referents", "ctypes.dlopen", "ctypes.dlsym", "ctypes.cdata",
        "ctypes.string_at", "ctypes.call_function", "sys.addaudithook", "object.__getattr__",
        "object.__setattr__", "code.__new__", "sys.settrace", "sys.setprofile",
    }
)  # fmt: skip
_FRAMES = frozenset({"tb_frame", "gi_frame", "cr_frame", "ag_frame"})
_CODE = frozenset({"__code__", "__defaults__", "__kwdefaults__"})
_PASSED_ON = ("inspect.py", "logging/__init__.py", "ctypes/__init__.py", "traceback.py", "types.py")


class _Audit:
    """Notes which of the interpreter's insides a learner's cell reached for by itself."""

    def __init__(self) -> None:
        self._installed = False
        self._busy = False
        self._seen: list[str] = []
        self._rewritten: list[types.FunctionType] = []

    def install(self) -> None:
        """From now on, and for good: Python has no way to take such a hook away."""
        if not self._installed:
            self._installed = True
            sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple) -> None:
        if event not in _EVENTS or self._busy:
            return
        if event == "object.__setattr__":
            if args[1] in _CODE:
                self._rewritten.append(args[0])
            return
        if event == "object.__getattr__" and args[1] not in _FRAMES:
            return
        self._busy = True
        try:
            what = args[1] if event == "object.__getattr__" else event
            frame = sys._getframe(1)
            while frame is not None and frame.f_code.co_filename.endswith(_PASSED_ON):
                if what == "tb_frame" and frame.f_code.co_filename.endswith("traceback.py"):
                    return  # printing an error is everybody's right
                frame = frame.f_back
            own = frame is not None and frame.f_code.co_filename.startswith("<answer ")
            if own and what not in self._seen and len(self._seen) < 20:
                self._seen.append(what)
        finally:
            self._busy = False

    def begin(self, name: str) -> None:
        self._seen.clear()

    def end(self) -> list[str]:
        return self.seen()

    def rewritten(self) -> list[types.FunctionType]:
        """The functions whose code or defaults were set since the last call."""
        found, self._rewritten = self._rewritten, []
        return found

    def seen(self) -> list[str]:
        """What was noted since the last call."""
        found, self._seen = [f"the interpreter's {what}" for what in self._seen], []
        return found


audit = _Audit()
