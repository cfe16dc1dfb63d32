"""Which pages a change in src/ makes stale."""

from pathlib import Path

import pytest

from tools import dependencies
from tools.dependencies import closure, digest, imported, page_dependencies
from tools.paths import ROOT, chapters, pages

GRAPH = ROOT / "src/torchnotes/graph.py"


def names(files):
    return {file.name for file in files}


def test_imports_are_followed_with_their_packages():
    assert names(imported("from torchnotes.graph import draw_graph")) == {"__init__.py", "graph.py"}
    assert names(imported("import torchnotes.graph as g")) == {"__init__.py", "graph.py"}
    assert names(imported("from torchnotes import device")) == {"__init__.py"}
    assert imported("import torch, os.path") == set()


def test_a_cell_with_a_magic_hides_only_the_magic():
    assert names(imported("%timeit 1\nfrom torchnotes.graph import draw_graph")) >= {"graph.py"}


def test_the_closure_holds_what_modules_import_in_turn():
    found = names(closure(imported("import torchnotes")))
    assert {"__init__.py", "data.py", "devices.py", "plot.py", "show.py"} <= found
    assert "graph.py" not in found


def page(tmp_path, body):
    path = tmp_path / "page.md"
    path.write_text(body)
    return path


def cell(code, options=""):
    return f"```{{code-cell}} ipython3\n{options}{code}\n```\n"


@pytest.mark.parametrize(
    "options",
    ["", ":tags: [hide-input]\n", "---\nmystnb:\n  figure:\n    caption: |\n      A: b\n---\n"],
)
def test_cells_are_found_whatever_options_open_them(tmp_path, options):
    text = "Prose.\n\n" + cell("from torchnotes.graph import draw_graph", options)
    assert "graph.py" in names(page_dependencies(page(tmp_path, text)))


def test_prose_and_other_code_blocks_do_not_count(tmp_path):
    text = "import torchnotes.graph\n\n```python\nimport torchnotes.graph\n```\n"
    assert page_dependencies(page(tmp_path, text)) == set()


def test_what_is_shown_counts_without_being_imported(tmp_path):
    folder = ROOT / "book" / "autograd"
    text = "```{literalinclude} ../../src/torchnotes/graph.py\n:pyobject: backward_graph\n```\n"
    path = folder / "probe_of_a_test.md"
    path.write_text(text)
    try:
        assert names(page_dependencies(path)) == {"graph.py"}
    finally:
        path.unlink()


def test_the_digest_changes_with_a_module_and_only_for_pages_that_use_it(tmp_path, monkeypatch):
    root = tmp_path
    package = root / "src" / "torchnotes"
    package.mkdir(parents=True)
    for name, text in {"__init__": "", "a": "import torchnotes.b", "b": "", "c": ""}.items():
        (package / f"{name}.py").write_text(text)
    monkeypatch.setattr(dependencies, "ROOT", root)
    monkeypatch.setattr(dependencies, "SRC", root / "src")
    uses_a = page(tmp_path, cell("import torchnotes.a"))
    uses_c = root / "other.md"
    uses_c.write_text(cell("import torchnotes.c"))
    before = digest(uses_a), digest(uses_c)
    (package / "b.py").write_text("value = 1")  # imported by a, not by the page
    after = digest(uses_a), digest(uses_c)
    assert before[0] != after[0]
    assert before[1] == after[1]


@pytest.mark.parametrize("chapter", chapters())
def test_every_page_of_the_book_depends_on_something(chapter):
    for path in pages(chapter):
        assert page_dependencies(Path(path)), path.name
