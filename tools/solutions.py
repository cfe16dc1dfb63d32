"""Run the solution notebooks and store their outputs, so that nbval has something to compare."""

import re
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.notebooks import grade_info, read_notebook

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def normalise(nb: nbformat.NotebookNode) -> None:
    """Give the notebook the metadata that the course keeps, and cells ids that stay."""
    nb.metadata = nbformat.from_dict(
        {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    )
    nb.nbformat, nb.nbformat_minor = 4, 5
    used: set[str] = set()
    for number, cell in enumerate(nb.cells):
        name = grade_info(cell).get("grade_id") or f"text-{number}"
        if not grade_info(cell) and cell.cell_type == "code":
            name = f"code-{number}"
        cell.id = re.sub(r"[^A-Za-z0-9_-]", "-", name)[:64]
        if cell.id in used:
            raise ValueError(f"two cells are called {cell.id}")
        used.add(cell.id)
        cell.source = cell.source.rstrip()
        keep = ("nbgrader", "tags")
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in keep})


def run(path: Path, timeout: int = 120) -> float:
    """Execute the notebook where it lies, write it back with outputs; return the seconds it took.

    Raises:
        CellExecutionError: a cell failed; the file is left as it was.
    """
    nb = read_notebook(path)
    normalise(nb)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    start = time.perf_counter()
    client = NotebookClient(
        nb, timeout=timeout, resources={"metadata": {"path": str(path.parent)}}, record_timing=False
    )
    client.execute()
    seconds = time.perf_counter() - start
    nb.metadata.language_info = nbformat.from_dict({"name": "python"})
    nbformat.validate(nb)
    nbformat.write(nb, path)
    return seconds


def main(paths: list[Path]) -> int:
    for path in paths:
        try:
            print(f"  {path.parent.name}/{path.name} ... ", end="", flush=True)
            print(f"{run(path):.1f} s")
        except CellExecutionError as error:
            print(f"failed; the file is as it was\n{error}")
            return 1
    return 0
