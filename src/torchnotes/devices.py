"""Where to compute."""

import os

import torch


def device() -> torch.device:
    """Return the device every page, solution and test runs on: CUDA, then MPS, then the CPU.

    The environment variable ``TORCHNOTES_DEVICE`` (``cpu``, ``cuda``, ``cuda:1``, ``mps``)
    overrides the choice. On CUDA it also has convolutions computed in full float32, as products
    of matrices are: TF32, the default of cuDNN, keeps 10 bits of the mantissa, and what a page
    compares to 1e-5 on the CPU would differ by 1e-3.

    Raises:
        RuntimeError: ``TORCHNOTES_DEVICE`` names a device that this machine does not have.
    """
    chosen = _choose(os.environ.get("TORCHNOTES_DEVICE"))
    if chosen.type == "cuda":
        torch.backends.cudnn.allow_tf32 = False
    return chosen


def _choose(wanted: str | None) -> torch.device:
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
