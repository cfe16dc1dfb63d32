"""What a rebuild executes: pages whose cells changed, or whose modules did, and no other."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.paths import ROOT

pytestmark = pytest.mark.roundtrip  # builds a small book several times: about half a minute

FRONT = (ROOT / "book/autograd/graph.md").read_text(encoding="utf-8").split("\n---\n")[
    0
] + "\n---\n"
TOC = """\
format: jb-book
root: book/index
chapters:
  - file: book/user
  - file: book/shower
  - file: book/other
"""
CELL = "```{{code-cell}} ipython3\n{}\n```\n"
PAGES = {
    "index": "# A book\n",
    "user": "# Uses it\n\n" + CELL.format("import probe\nprint('value', probe.VALUE)"),
    "shower": "# Shows it\n\n```{literalinclude} ../src/probe.py\n```\n\n" + CELL.format("1"),
    "other": "# Neither\n\n" + CELL.format("print('other')"),
}


@pytest.fixture(scope="module")
def small_book(tmp_path_factory):
    """A book of three executed pages around one module, with this repository's build."""
    root = tmp_path_factory.mktemp("book")
    shutil.copytree(ROOT / "tools", root / "tools")
    for name in ("_config.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root / name)
    (root / "src").mkdir()
    (root / "src/probe.py").write_text("VALUE = 1\n")
    (root / "book").mkdir()
    shutil.copytree(ROOT / "book/_static", root / "book/_static")
    for name in ("claims.csv", "references.bib"):
        shutil.copy(ROOT / "book" / name, root / "book" / name)
    (root / "_toc.yml").write_text(TOC)
    for name, text in PAGES.items():
        front = FRONT if "code-cell" in text else ""
        (root / "book" / f"{name}.md").write_text(front + text, encoding="utf-8")
    return root


def build(root):
    """Build; return the pages that were executed."""
    script = Path(sys.executable).parent / "jupyter-book"
    env = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        [str(script), "build", str(root), "-W", "-n", "--keep-going"],
        env=env, capture_output=True, text=True,
    )  # fmt: skip
    out = done.stdout + done.stderr
    assert done.returncode == 0, out[-3000:]
    return set(re.findall(r"(\w+)\.md: Executed notebook", out))


def html(root, page):
    return (root / "_build/html/book" / f"{page}.html").read_text(encoding="utf-8")


def test_only_what_changed_is_executed(small_book):
    assert build(small_book) == {"user", "shower", "other"}
    assert "value 1" in html(small_book, "user")

    assert build(small_book) == set(), "nothing changed"

    page = small_book / "book/other.md"
    page.write_text(page.read_text().replace("print('other')", "print('another')"))
    assert build(small_book) == {"other"}, "one page's cell changed"
    assert "another" in html(small_book, "other")

    page.write_text(page.read_text().replace("# Neither", "# None of both"))
    assert build(small_book) == set(), "prose changed: read again, not executed again"
    assert "None of both" in html(small_book, "other")

    (small_book / "src/probe.py").write_text("VALUE = 2\n")
    assert build(small_book) == {"user", "shower"}, "the module that they import or show changed"
    assert "value 2" in html(small_book, "user")
    assert "VALUE" in html(small_book, "shower")

    (small_book / "src/probe.py").write_text("VALUE = 1\n")
    assert build(small_book) == {"user", "shower"}, "back again: the first output is not reused"
    assert "value 1" in html(small_book, "user")
