"""Build the book, showing each page that is executed."""

import re
import shutil

from tools.environment import Trouble
from tools.paths import BUILD, HTML, ROOT
from tools.steps import run

ADVICE = (
    "A warning fails the build. It names the page and the line; the page's own error stands above "
    "it.\nMend it and run `make book` again: only what changed is executed."
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")
# _config.yml reaches Sphinx as options, so a change of it is a change of every page
READING = re.compile(r"reading sources\.\.\. *\[ *(\d+)%\] *(\S+)")
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
        if "WARNING" in line or "ERROR" in line:
            return line
        return None

    run(
        ["python", "-m", "jupyter_book", "build", str(ROOT), "-W", "-n", "--keep-going"],
        log="book",
        advice=ADVICE,
        show=show,
    )
    return f"{len(executed)} pages executed"


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


def clean() -> None:
    """Remove what was built. Submissions and grades stay where they are."""
    shutil.rmtree(BUILD, ignore_errors=True)
