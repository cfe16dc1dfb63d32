"""Where to compute."""

import os

import torch


def device() -> torch.device:
    """Return the device every page, solution and test runs on: CUDA, then MPS, then the CPU.

    The environment variable ``TORCHNOTES_DEVICE`` (``cpu``, ``cuda``, ``cuda:1``, ``mps``)
    overrides the choice.

    Raises:
        RuntimeError: ``TORCHNOTES_DEVICE`` names a device that this machine does not have.
    """
    wanted = os.environ.get("TORCHNOTES_DEVICE")
    if wanted:
        try:
            return torch.empty(0, device=wanted).device
        except (RuntimeError, AssertionError) as error:  # AssertionError: torch without CUDA
            raise RuntimeError(
                f"TORCHNOTES_DEVICE={wanted!r}, but torch {torch.__version__} cannot use it here: "
                f"{str(error).splitlines()[0]}\nUnset the variable, or set it to 'cpu'."
            ) from error
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
