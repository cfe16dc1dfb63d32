"""A test cell's code made ahead does what the same cell does when it is read on the spot."""

import math
import types

import numpy
import pytest
import torch

from coursegrade import testcells
from coursegrade.guard import Guard
from coursegrade.runner import Notebook, Recorder, shell


@pytest.fixture
def notebook():
    return Notebook(shell, Guard.current())


def run(notebook, source, ahead):
    recorder = Recorder(10**6)
    message = {"source": source, "name": "t", "defines": []}
    message["code"] = testcells.prepare(source, "t") if ahead else None
    assert not ahead or message["code"] or "(:" in source
    notebook._run_test(message, recorder)
    return recorder.result()


@pytest.mark.parametrize(
    "source",
    [
        "print(1 + 1)",
        "1 + 1",
        "1 + 1;",
        "x = 3\nx",
        "assert torch.allclose(torch.ones(2), torch.ones(2))\nprint('passes')",
        "assert torch.allclose(torch.ones(2), torch.zeros(2)), 'they differ'",
        "import numpy as lib\nlib.testing.assert_allclose(1.0, 1.0)\nprint('passes')",
        "import torch as t\nprint(t.equal(t.ones(1), t.ones(1)))",
        "class C:\n    isclose = max\n\n\nmath = C()\nprint(math.isclose(1, 2))",
        "%config InlineBackend.figure_format = 'png'\nprint('magic')",
        "(:",
        "1 / 0",
        "raise SystemExit",
    ],
)
def test_both_give_the_same(notebook, source):
    notebook.shell.user_ns.update(torch=torch)
    notebook.given = {}
    assert run(notebook, source, ahead=True) == run(notebook, source, ahead=False)


def test_a_judge_goes_by_a_private_name_whatever_its_module_is_called(notebook):
    code = testcells.prepare("t.allclose(1, 2)\nm.isclose(1, 2)\nn.linalg.norm(3)", "t")
    _, _, used = testcells.load(code)
    assert sorted(used.values()) == ["m.isclose", "t.allclose"]
    guard = notebook.guard
    assert guard.judge("t.allclose", {"t": torch}) is guard.judges["torch.allclose"]
    assert guard.judge("m.isclose", {"m": math}) is math.isclose
    assert guard.judge("m.isclose", {"m": numpy}) is numpy.isclose
    assert guard.judge("m.isclose", {"m": types.SimpleNamespace(isclose=max)}) is None


def test_a_cell_that_exchanges_a_judge_itself_uses_its_own():
    source = "torch.allclose = print\ntorch.allclose(1)\ntorch.equal(2, 2)"
    used = testcells.load(testcells.prepare(source, "t"))[2]
    assert list(used.values()) == ["torch.equal"]


def test_what_was_exchanged_during_a_test_is_back_before_the_next(notebook):
    """The check after a test counts for the one before the next: it must not be fooled."""
    guard, right = notebook.guard, torch.allclose
    notebook.restored = True
    notebook.answered = True
    cheat = (
        "import builtins, torch\n"
        "kept = builtins.all\n"
        "builtins.all = lambda *a: True\n"
        "torch.allclose = lambda *a, **k: True\n"
    )
    message = {"role": "test", "name": "t", "source": cheat, "defines": [], "code": None}
    recorder = Recorder(10**6)
    flags = notebook.run(message, recorder)
    guard.self_check()
    assert torch.allclose is right
    assert any("torch.allclose" in flag for flag in flags)
    assert recorder.result()[-1]["ename"] == "Tampering"


def test_a_row_of_values_is_taken_again_after_a_harmless_change(notebook):
    guard = notebook.guard
    guard.put_back()
    torch._a_counter = 1  # no function, class or module: nothing that a test relies on
    try:
        assert not guard._nothing_moved()
        assert guard.put_back() == []
        assert guard._nothing_moved()
    finally:
        del torch._a_counter
        guard.put_back()
