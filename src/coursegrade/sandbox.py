"""What a submission may see and use: a small read-only system, a scratch folder, and nothing else.

Two ways to the same walls. ``namespace`` forks a process that has its imports done and takes
everything away from it with Linux namespaces (unprivileged; about 10 ms). ``bwrap`` starts a cold
process in bubblewrap, for machines that let only that program make namespaces.

The file system inside is built up from an empty one: the system's libraries, this Python, and the
paths that the course names. What is not named is not there: no submissions, no gradebook, no
solutions, no home folder.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: there is no sandbox to set limits in
    resource = None

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/opt")
ETC = (
    "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "fonts", "localtime", "passwd",
    "group", "nsswitch.conf", "hosts", "os-release", "machine-id",
)  # fmt: skip
DEVICES = ("null", "zero", "full", "random", "urandom")

# --- Linux, by number: Python 3.10 has no os.unshare ---------------------------------------------
NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = (
    0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
NEWCGROUP = 0x02000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND = 1, 2, 4, 32, 4096
MS_REC, MS_PRIVATE = 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
SYS_CAPSET = {"x86_64": 126, "aarch64": 91}
SYS_MOUNT_SETATTR = 442


@dataclass(frozen=True)
class Limits:
    """What one process tree may use. Zero means no bound."""

    memory: int = 2 * 2**30  # bytes beyond what the imports already hold
    cpu_seconds: int = 0
    processes: int = 64
    file_size: int = 64 * 2**20  # of one file
    scratch: int = 256 * 2**20  # of all files together; they lie in memory


@dataclass(frozen=True)
class Sandbox:
    """How to shut a process in.

    Attributes:
        kind: ``namespace``, ``bwrap`` or ``none``.
        readable: files and folders that it may read beside the system and Python.
        cwd: where its cells run, an absolute path below /tmp; empty, and gone at the end.
        limits: see ``Limits``.
    """

    kind: str = "namespace"
    readable: tuple[str, ...] = ()
    cwd: str = "/tmp/submission"
    limits: Limits = field(default_factory=Limits)

    def as_dict(self) -> dict:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict) -> "Sandbox":
        data = {**data, "limits": Limits(**data["limits"]), "readable": tuple(data["readable"])}
        return cls(**data)


class Unavailable(Exception):
    """This machine cannot give the sandbox that was asked for; the text says what would help."""


def choose(kind: str) -> str:
    """Return the kind of sandbox to use: ``auto`` becomes the best one that works here.

    Raises:
        Unavailable: none works, or the one named does not. Without walls nothing is graded
            unless ``none`` is said.
    """
    if kind == "none":
        return kind
    works = {"namespace": _namespaces_work, "bwrap": _bwrap_works}
    for name in ("namespace", "bwrap") if kind == "auto" else (kind,):
        if works[name]():
            return name
    what = "neither namespaces nor bubblewrap work" if kind == "auto" else f"{kind} does not work"
    raise Unavailable(
        f"No sandbox: {what} on this machine, and a submission's code may do anything.\n"
        "On Linux: allow unprivileged user namespaces, or install bubblewrap. "
        "Elsewhere: grade on Linux.\n"
        "To run code that you trust without walls: --sandbox none"
    )


def _namespaces_work() -> bool:
    if sys.platform != "linux" or os.uname().machine not in SYS_PIVOT_ROOT:
        return False
    probe = (
        "from coursegrade.sandbox import Sandbox, enter; import os; "
        "enter(Sandbox(), watch=False); os.listdir('/proc/self')"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(
            [sys.executable, "-c", probe], capture_output=True, env=env, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _bwrap_works() -> bool:
    if shutil.which("bwrap") is None:
        return False
    command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"]
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def python_paths() -> list[str]:
    """The folders that this Python needs to import what the sandboxed process may import."""
    wanted = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    wanted.add(str(Path(__file__).resolve().parent))
    return sorted(p for p in wanted if os.path.exists(p) and p != "/")


def visible(sandbox: Sandbox) -> list[str]:
    """Every path that is bound into the sandbox, parents before children, links resolved."""
    paths = [p for p in SYSTEM if os.path.exists(p)]
    paths += [f"/etc/{name}" for name in ETC if os.path.exists(f"/etc/{name}")]
    paths += python_paths() + [os.path.abspath(p) for p in sandbox.readable]
    missing = [p for p in paths if not os.path.exists(p)]
    if missing:
        raise Unavailable(f"The sandbox is to show {missing[0]}, which does not exist.")
    paths += [os.path.realpath(p) for p in paths if not os.path.islink(p)]
    return sorted(set(paths))


# --- namespaces ----------------------------------------------------------------------------------

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _call(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    def encode(text: str | None) -> bytes | None:
        return None if text is None else os.fsencode(text)

    result = _libc.mount(
        encode(source), encode(target), encode(kind), ctypes.c_ulong(flags), encode(data or None)
    )
    _call(result, f"mount {target}")


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def _read_only(path: str) -> None:
    """Make a bind mount and all below it read-only (Linux 5.12; older: the top one alone)."""
    attributes = _MountAttributes(1 | 2, 0, 0, 0)  # MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID
    result = _libc.syscall(
        SYS_MOUNT_SETATTR,
        -100,
        os.fsencode(path),
        ctypes.c_uint(0x8000),  # AT_RECURSIVE
        ctypes.byref(attributes),
        ctypes.sizeof(attributes),
    )
    if result != 0:
        _mount(None, path, None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID)


def _bind(path: str, root: str, descriptor: int | None, links: dict[str, str]) -> None:
    """Show ``path`` below ``root``, read-only; ``descriptor`` is None for a symbolic link."""
    target = root + path
    if os.path.lexists(target):  # below a folder that is already shown
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if descriptor is None:
        os.symlink(links[path], target)
        return
    source = f"/proc/self/fd/{descriptor}"
    if os.path.isdir(source):
        os.mkdir(target)
    else:
        open(target, "w").close()
    _mount(source, target, None, MS_BIND | MS_REC)
    _read_only(target)


def enter(sandbox: Sandbox, watch: bool = True) -> None:
    """Shut the calling process in; it must have one thread. Returns in its child.

    The caller itself stays outside as a watchman: it waits, counts processes and memory, and ends
    with the child's exit code. Everything inside dies when either dies.

    Raises:
        OSError: the kernel refuses.
    """
    uid, gid = os.getuid(), os.getgid()
    spaces = NEWUSER | NEWNS | NEWPID | NEWNET | NEWIPC | NEWUTS | NEWCGROUP
    _call(_libc.unshare(spaces), "unshare")
    maps = {"setgroups": "deny", "uid_map": f"{uid} {uid} 1", "gid_map": f"{gid} {gid} 1"}
    for name, text in maps.items():
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    # opened before anything is covered: what is shown may itself lie below the new root's place
    paths = visible(sandbox)
    links = {path: os.readlink(path) for path in paths if os.path.islink(path)}
    shown = [(path, None if path in links else os.open(path, os.O_PATH)) for path in paths]
    devices = [(name, os.open(f"/dev/{name}", os.O_PATH)) for name in DEVICES]
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    root = "/tmp"  # any folder will do: what lies there is covered, not changed
    _mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    size = f"size={sandbox.limits.scratch or 2**30},mode=1777"
    for path in ("/tmp", "/dev/shm", "/var/tmp"):
        os.makedirs(root + path)
        _mount("tmpfs", root + path, "tmpfs", MS_NOSUID | MS_NODEV, size)
    for path, descriptor in shown:
        _bind(path, root, descriptor, links)
    for name, descriptor in devices:
        open(f"{root}/dev/{name}", "w").close()
        _mount(f"/proc/self/fd/{descriptor}", f"{root}/dev/{name}", None, MS_BIND)
    for descriptor in [d for _, d in shown if d is not None] + [d for _, d in devices]:
        os.close(descriptor)
    os.symlink("/proc/self/fd", root + "/dev/fd")
    os.makedirs(root + sandbox.cwd)
    os.makedirs(root + "/proc", exist_ok=True)

    ready, tell = os.pipe()
    pid = os.fork()  # the first process of the new pid namespace
    if pid:
        os.close(tell)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.chdir("/")
        status = _watch(pid, ready, sandbox.limits if watch else Limits(memory=0, processes=0))
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 128 - code)
    os.close(ready)
    die_with_parent()
    os.setsid()  # a signal to its own group must not reach the watchman
    _mount("proc", root + "/proc", "proc", MS_NOSUID | MS_NODEV)
    os.makedirs(root + "/old")
    _call(
        _libc.syscall(
            SYS_PIVOT_ROOT[os.uname().machine], os.fsencode(root), os.fsencode(root + "/old")
        ),
        "pivot_root",
    )
    os.chdir("/")
    _call(_libc.umount2(b"/old", MNT_DETACH), "umount")
    os.rmdir("/old")
    _mount(None, "/", None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID)
    os.chdir(sandbox.cwd)
    _drop_privileges()
    os.write(tell, b"x")
    os.close(tell)


def _drop_privileges() -> None:
    machine = os.uname().machine
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this process
    none = (ctypes.c_uint32 * 6)()
    result = _libc.syscall(SYS_CAPSET[machine], ctypes.byref(header), ctypes.byref(none))
    _call(result, "capset")


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends (Linux)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


# exit codes by which the watchman says why he ended it
TOO_MANY_PROCESSES, TOO_MUCH_MEMORY = 90, 91


def _watch(pid: int, ready: int, limits: Limits) -> int:
    """Wait for the first process inside; end everything if it grows beyond its limits.

    The namespace's own process limit would do nothing for root, and RLIMIT_AS counts each process
    alone.
    """
    die_with_parent()
    if not limits.processes or not os.read(ready, 1):
        return os.waitpid(pid, 0)[1]
    # the child's pivot_root has moved this process along: /proc shows what is inside
    inside = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    imports = _own_memory(inside, "1")
    pause = 0.005
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(pause)
        pause = min(0.05, pause * 1.3)  # a short life is noticed soon, a long one costs little
        try:
            processes = [name for name in os.listdir(inside) if name.isdigit()]
        except OSError:
            continue
        if len(processes) > limits.processes:
            return _end(pid, TOO_MANY_PROCESSES)
        if limits.memory and len(processes) > 1:
            # a fork shares what the imports hold, until it writes there
            grown = sum(max(0, _own_memory(inside, name) - imports) for name in processes)
            if grown > 2 * limits.memory:
                return _end(pid, TOO_MUCH_MEMORY)


def _own_memory(proc: int, name: str) -> int:
    """The bytes that a process holds beside files and shared memory."""
    try:
        descriptor = os.open(f"{name}/statm", os.O_RDONLY, dir_fd=proc)
        with open(descriptor) as file:
            fields = file.read().split()
        return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _end(pid: int, code: int) -> int:
    os.kill(pid, signal.SIGKILL)  # the first process: the kernel ends all the others with it
    os.waitpid(pid, 0)
    return code << 8


def set_limits(limits: Limits) -> None:
    """Bound the calling process: memory beyond what it holds now, file size, CPU time, no cores."""
    bounds = {resource.RLIMIT_CORE: 0}
    if limits.file_size:
        bounds[resource.RLIMIT_FSIZE] = limits.file_size
    if limits.cpu_seconds:
        bounds[resource.RLIMIT_CPU] = limits.cpu_seconds
    if limits.memory and sys.platform == "linux":
        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        bounds[resource.RLIMIT_AS] = now + limits.memory
    for which, value in bounds.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit is an OSError


# --- bubblewrap ----------------------------------------------------------------------------------


def bwrap_command(sandbox: Sandbox) -> list[str]:
    """The command line in front of a program that is to run in bubblewrap."""
    command = [
        "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1",
        "--cap-drop", "ALL", "--unsetenv", "JPY_PARENT_PID", "--proc", "/proc", "--dev", "/dev",
        "--tmpfs", "/tmp",
    ]  # fmt: skip
    for path in visible(sandbox):
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        else:
            command += ["--ro-bind", path, path]
    return [*command, "--dir", sandbox.cwd, "--chdir", sandbox.cwd, "--"]
