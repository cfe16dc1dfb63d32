"""What several tests share. On a GPU they compute there: what names no device is made on it."""

import pytest
import torch

import torchnotes

WHERE = torchnotes.device()

if WHERE.type not in ("cpu", "mps"):  # MPS has no float64, which most tests need
    torch.set_default_device(WHERE)

    class Generator(torch.Generator):
        """A generator that draws where tensors are made, if it is not told otherwise."""

        def __new__(cls, device=None):
            return super().__new__(cls, device=WHERE if device is None else device)

    torch.Generator = Generator


@pytest.fixture(scope="module")
def one_thread():
    """What small tensors are fastest with: threads would only wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
