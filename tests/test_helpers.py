"""The helpers that every page uses, and what exercises may import."""

import subprocess
import sys

import matplotlib
import pytest
import torch

import torchnotes
from torchnotes.plot import COLORS


def test_device_prefers_what_is_there(monkeypatch):
    monkeypatch.delenv("TORCHNOTES_DEVICE", raising=False)
    expected = "cpu"
    if torch.backends.mps.is_available():
        expected = "mps"
    if torch.cuda.is_available():
        expected = "cuda"
    assert torchnotes.device().type == expected


def test_device_can_be_named(monkeypatch):
    monkeypatch.setenv("TORCHNOTES_DEVICE", "cpu")
    assert torchnotes.device() == torch.device("cpu")


@pytest.mark.parametrize("name", ["cuda:99", "abacus"])
def test_a_device_that_is_not_there_is_named_in_the_error(monkeypatch, name):
    monkeypatch.setenv("TORCHNOTES_DEVICE", name)
    with pytest.raises(RuntimeError, match=rf"TORCHNOTES_DEVICE='{name}'.*\n.*'cpu'"):
        torchnotes.device()


def test_expect_error_prints_the_message(capsys):
    with torchnotes.expect_error(ValueError, match="apples"):
        raise ValueError("no\n  apples left")
    assert capsys.readouterr().out == "ValueError: no apples left\n"


def test_expect_error_cuts_long_messages(capsys):
    with torchnotes.expect_error(ValueError, width=5):
        raise ValueError("0123456789")
    assert capsys.readouterr().out == "ValueError: 01234 ...\n"


def test_expect_error_wraps_what_would_not_fit_on_a_page(capsys):
    with torchnotes.expect_error(ValueError):
        raise ValueError("words " * 30)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) <= 84


def test_expect_error_fails_when_nothing_happens():
    with (
        pytest.raises(AssertionError, match="ran to its end"),
        torchnotes.expect_error(ValueError),
    ):
        pass


def test_expect_error_fails_on_another_message_and_lets_other_errors_through():
    with (
        pytest.raises(AssertionError, match="pears"),
        torchnotes.expect_error(ValueError, match="pears"),
    ):
        raise ValueError("apples")
    with pytest.raises(KeyError), torchnotes.expect_error(ValueError):
        raise KeyError("x")


def luminance(color):
    """Relative luminance, WCAG 2.2."""
    channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def test_colours_stand_out_from_a_white_page():
    """A line needs a contrast of 3 to 1 (WCAG 1.4.11)."""
    for name, color in COLORS.items():
        contrast = 1.05 / (luminance(matplotlib.colors.to_rgb(color)) + 0.05)
        assert contrast >= 3, f"{name} has {contrast:.2f}"


def test_use_style_makes_figures_transparent():
    with matplotlib.rc_context():
        assert torchnotes.use_style() == COLORS
        assert matplotlib.rcParams["figure.facecolor"] == "none"


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_an_exercise_cannot_import_the_answers():
    """In a process of its own: the guard stays once it is there."""
    done = run("import torchnotes.exercise\nimport torchnotes.engine")
    assert "ImportError: torchnotes.engine holds the answer" in done.stderr
    already = run("import torchnotes.engine\nimport torchnotes.exercise\nimport torchnotes.engine")
    assert "holds the answer" in already.stderr


def test_an_exercise_can_import_the_helpers():
    done = run("from torchnotes.exercise import device, load_images\nprint(device())")
    assert done.returncode == 0, done.stderr
