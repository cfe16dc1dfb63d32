"""Build the book, showing each page that is executed."""

import re

from tools.environment import Trouble
from tools.paths import HTML, ROOT
from tools.steps import run

ADVICE = (
    "A warning fails the build. It names the page and the line; the page's own error stands above "
    "it.\nMend it and run `make book` again: only what changed is executed."
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")
RAN = re.compile(r"(\S+)\.md: Executed notebook in ([\d.]+) seconds")


def build() -> str:
    """Build ``_build/html`` with warnings as errors; return how many pages were executed.

    Raises:
        Trouble: there is no kernel to run the pages, or the build failed or warned.
    """
    check_kernel()
    executed: list[str] = []

    def show(line: str) -> str | None:
        line = ANSI.sub("", line)
        ran = RAN.search(line)
        if ran:
            name = ran.group(1).split("/book/")[-1]
            executed.append(name)
            return f"executed {name} in {float(ran.group(2)):.1f} s"
        return line if complaint(line) else None

    def again(lines: list[str]) -> list[str]:
        found = [ANSI.sub("", line) for line in lines if complaint(line)]
        return found or [ANSI.sub("", line) for line in lines[-60:]]

    run(
        ["jupyter-book", "build", str(ROOT), "-W", "-n", "--keep-going"],
        log="book",
        advice=ADVICE,
        show=show,
        again=again,
    )
    return f"{len(executed)} pages executed"


def complaint(line: str) -> bool:
    """Whether Sphinx complains in this line (a kernel's own log says WARNING too)."""
    return bool(re.search(r"\b(WARNING|ERROR|SEVERE|CRITICAL):", ANSI.sub("", line)))


def check_kernel() -> None:
    """Make sure that the kernel which every page and notebook names can be started.

    Raises:
        Trouble: there is none called ``python3``.
    """
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel as error:
        raise Trouble(
            "There is no Jupyter kernel called 'python3', which every page and notebook names.\n"
            "Run `make venv` to install it again, or in your own environment:\n"
            "  python -m ipykernel install --sys-prefix --name python3"
        ) from error


def serve(port: int = 8000) -> int:
    """Serve the built book on this machine until interrupted."""
    import http.server
    from functools import partial

    if not (HTML / "index.html").exists():
        raise Trouble("There is no book yet: run `make book` first.")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(HTML))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"The book is at http://127.0.0.1:{port}/ (stop with Ctrl-C)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
