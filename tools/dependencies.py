"""Which files a page's output depends on, beside its own text.

``execute_notebooks: cache`` keys on a page's cells alone: after a change in ``src/`` it would go on
showing old output. The build therefore compares a digest of what each page imports or shows.
"""

import ast
import hashlib
import re
from functools import cache
from pathlib import Path

from tools.paths import ROOT

SRC = ROOT / "src"
CODE_CELL = re.compile(r"^(`{3,})\{code-cell\}.*?$(.*?)^\1\s*$", re.M | re.S)
INCLUDED = re.compile(r"^`{3,}\{(?:literalinclude|include)\}\s+(\S+)", re.M)
EXERCISES_SHOWN = re.compile(r"^`{3,}\{exercises\}\s+(\S+)", re.M)


def module_file(name: str) -> Path | None:
    """The file of a module below ``src/``, or None where the name is not ours."""
    base = SRC.joinpath(*name.split("."))
    for candidate in (base.with_suffix(".py"), base / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


def imported(source: str) -> set[Path]:
    """The files below ``src/`` that this source imports directly."""
    try:
        tree = ast.parse(source)
    except (
        SyntaxError
    ):  # a cell with a magic or a deliberate error: drop the lines that are not Python
        lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
        try:
            tree = ast.parse("\n".join(lines))
        except SyntaxError:
            return set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    files = set()
    for name in names:
        parts = name.split(".")
        for depth in range(1, len(parts) + 1):  # importing a.b.c runs a/__init__ and a/b/__init__
            file = module_file(".".join(parts[:depth]))
            if file:
                files.add(file)
    return files


def closure(files: set[Path]) -> set[Path]:
    """These files and everything below ``src/`` that they import in turn."""
    seen: set[Path] = set()
    todo = list(files)
    while todo:
        file = todo.pop()
        if file not in seen:
            seen.add(file)
            todo.extend(_imports_of(file, file.stat().st_mtime_ns) - seen)
    return seen


@cache
def _imports_of(file: Path, mtime_ns: int) -> set[Path]:
    return imported(file.read_text(encoding="utf-8"))


def page_dependencies(page: Path) -> set[Path]:
    """Every file whose change makes the page's output stale."""
    text = page.read_text(encoding="utf-8")
    # one parse per cell, so that a cell which is not plain Python hides only itself
    files = closure(set().union(*(imported(cell) for _, cell in CODE_CELL.findall(_options(text)))))
    for name in INCLUDED.findall(text):
        shown = (page.parent / name).resolve()
        if shown.is_file():
            files.add(shown)
    for name in EXERCISES_SHOWN.findall(text):
        files.add(ROOT / "solutions" / f"{name}.ipynb")
    if SRC / "torchnotes" / "data.py" in files:
        files.add(ROOT / "data" / "SHA256SUMS")
    if SRC / "torchnotes" / "results.py" in files:
        files.update((ROOT / "benchmarks" / "results").glob("*/*.json"))
    return files


def _options(text: str) -> str:
    """The page without the YAML blocks and ``:key:`` lines that open its cells."""
    text = re.sub(r"(^`{3,}\{code-cell\}[^\n]*\n)---\n.*?\n---\n", r"\1", text, flags=re.M | re.S)
    return re.sub(r"^:[\w-]+:.*\n", "\n", text, flags=re.M)


def digest(page: Path) -> str:
    """One hash over the contents of the page's dependencies."""
    state = hashlib.sha256()
    for file in sorted(page_dependencies(page)):
        state.update(str(file.relative_to(ROOT)).encode())
        state.update(file.read_bytes() if file.exists() else b"missing")
    return state.hexdigest()
