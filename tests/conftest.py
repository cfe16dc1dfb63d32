"""On a GPU the tests compute there: what names no device is made on torchnotes.device()."""

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
