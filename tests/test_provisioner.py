"""Warm kernels under nbclient: the outputs of a cold one, in less time, and nothing left over."""

import os
import time
from importlib.metadata import entry_points

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

NAME = "coursegrade-warm"

pytestmark = pytest.mark.skipif(
    NAME not in {e.name for e in entry_points(group="jupyter_client.kernel_provisioners")},
    reason=f"{NAME} is not registered: install this repository again (make venv)",
)

CELLS = [
    "import os, random, torch\nprint(torch.ones(2).sum())",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "x = 6 * 7\nx",
    "print(os.getpid())",
    "print(random.random(), torch.rand(1).item())",
]


@pytest.fixture
def warm(monkeypatch):
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", NAME)
    # the factory is a singleton that reads the variable once
    from jupyter_client.provisioning import KernelProvisionerFactory

    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", NAME)


def execute(cells=CELLS) -> nbformat.NotebookNode:
    nb = new_notebook(cells=[new_code_cell(source) for source in cells])
    NotebookClient(nb, timeout=60, kernel_name="python3").execute()
    return nb


def text(nb, index: int) -> str:
    return nb.cells[index].outputs[0].text


def test_outputs_are_those_of_a_kernel(warm):
    nb = execute()
    assert text(nb, 0) == "tensor(2.)\n"
    assert "image/png" in nb.cells[1].outputs[-1].data
    assert nb.cells[2].outputs[0].data["text/plain"] == "42"


def test_a_second_kernel_is_another_process_with_other_random_numbers(warm):
    first, second = execute(), execute()
    assert text(first, 3) != text(second, 3)
    assert text(first, 4) != text(second, 4)
    assert all(a != b for a, b in zip(text(first, 4).split(), text(second, 4).split(), strict=True))


def test_a_kernel_is_gone_when_its_notebook_is_done(warm):
    pid = int(text(execute(), 3))
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and os.path.isdir(f"/proc/{pid}"):
        time.sleep(0.05)
    assert not os.path.isdir(f"/proc/{pid}")


def test_an_interrupt_ends_a_cell_and_not_the_kernel(warm):
    from nbclient.exceptions import CellTimeoutError

    nb = new_notebook(cells=[new_code_cell("while True: pass"), new_code_cell("print('still')")])
    client = NotebookClient(nb, timeout=2, kernel_name="python3", interrupt_on_timeout=True)
    try:
        client.execute()
    except CellTimeoutError:
        pytest.fail("the kernel did not take the interrupt")
    except Exception as error:
        assert "KeyboardInterrupt" in str(error)
    else:
        assert text(nb, 1) == "still\n"
