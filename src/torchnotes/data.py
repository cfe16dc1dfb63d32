"""The course's two data sets, read from the repository: Fashion-MNIST and two Austen novels.

What the files hold, where they come from and how to rebuild them: ``data/README.md``.

Everything here computes in numpy and hands over finished tensors: a torch operation would start
torch's threads, and a process that has started them cannot fork a working kernel.
"""

import functools
import gzip
import hashlib
import importlib.util
import math
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch

FASHION_MNIST_CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

# SHA-256, the same as in data/SHA256SUMS. Kept here too, so that a folder that was tampered with
# cannot vouch for itself.
CHECKSUMS = {
    "fashion_mnist_small.npz": "d2e3082e52dc42e8731b36c46651bc201c3960ae50470802125daac2de29c144",
    "austen.txt": "8d57489066744b2c9223db5cfe828112c7b7aed5f5b20274d54ba427da7b0a73",
}

REPOSITORY_FOLDER = Path(__file__).resolve().parents[2] / "data"
DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")
CACHE_FOLDER = Path(os.path.expanduser("~/.cache/torchnotes"))

PathLike = str | os.PathLike[str]
Sliceable = TypeVar("Sliceable", str, torch.Tensor)


def load_images(
    name: str = "fashion_mnist",
    split: str = "train",
    size: str = "small",
    *,
    root: PathLike | None = None,
    device: torch.device | str = "cpu",
    download: bool = False,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the images and labels of Fashion-MNIST (Xiao, Rasul & Vollgraf 2017).

    Args:
        name: ``"fashion_mnist"``.
        split: ``"train"`` or ``"test"``.
        size: ``"small"``, the first 10,000 training or 2,000 test images, from the repository; or
            ``"full"``, all 60,000 or 10,000, from the first of these that has the idx files:
            the named folder, ``~/.cache/torchnotes``, Debian's package dataset-fashion-mnist.
        root: folder to read in place of the repository's ``data``. The environment variable
            ``TORCHNOTES_DATA`` names one for every call that does not.
        device: where to put the tensors.
        download: for ``size="full"`` only, and only if it is in none of those places: let
            torchvision download it to the named folder or else ``~/.cache/torchnotes``.
            Nothing is ever downloaded without it.

    Returns:
        images: (N, 1, 28, 28) float32, the ink of each pixel from 0 (none) to 1 (full).
        labels: (N,) int64 from 0 to 9, the indices of ``FASHION_MNIST_CLASSES``.

    Raises:
        ValueError: unknown name, split or size; an idx file that is broken.
        FileNotFoundError: the data is not there; the message says where it was looked for.
        RuntimeError: the repository's file is not the published one.
        ModuleNotFoundError: ``download=True`` without torchvision.
    """
    _require("name", name, ("fashion_mnist",))
    _require("split", split, ("train", "test"))
    _require("size", size, ("small", "full"))
    if size == "small":
        with np.load(_published_file("fashion_mnist_small.npz", root)) as arrays:
            pixels, labels = arrays[f"{split}_images"], arrays[f"{split}_labels"]
    else:
        pixels, labels = _full_fashion_mnist(split, root, download)
    images = pixels[:, np.newaxis].astype(np.float32)  # (N, 1, 28, 28)
    images /= 255
    labels = labels.astype(np.int64)
    return torch.from_numpy(images).to(device), torch.from_numpy(labels).to(device)


def load_text(name: str = "austen", *, root: PathLike | None = None) -> str:
    """Return *Pride and Prejudice* followed by *Emma*: 1,567,796 characters, 80 distinct.

    Args:
        name: ``"austen"``.
        root: folder to read in place of ``TORCHNOTES_DATA`` and the repository's ``data``.

    Raises:
        ValueError: unknown name.
        FileNotFoundError: the file is not there; the message says where it was looked for.
        RuntimeError: the file is not the published one.
    """
    _require("name", name, ("austen",))
    return _published_file("austen.txt", root).read_bytes().decode("ascii")


class CharVocab:
    """The distinct characters of a text in code point order; a character's token is its index.

    Args:
        text: any text with at least one character. ``CharVocab(vocab.chars)`` is the same
            vocabulary again, so ``chars`` is all that a checkpoint has to keep.

    Attributes:
        chars: the characters, ``chars[token]`` being the one that ``token`` stands for.
    """

    def __init__(self, text: str):
        if not text:
            raise ValueError("a vocabulary needs a text with at least one character")
        self.chars = "".join(sorted(set(text)))
        self._code_points = _code_points(self.chars)  # (V,), ascending

    def __len__(self) -> int:
        return len(self.chars)

    def __repr__(self) -> str:
        return f"CharVocab({self.chars!r})"

    def encode(self, text: str) -> torch.Tensor:
        """Return the tokens of a text of T characters: (T,) int64 from 0 to ``len(self) - 1``.

        Raises:
            ValueError: a character that the vocabulary does not have.
        """
        code_points = _code_points(text)
        tokens = np.searchsorted(self._code_points, code_points)
        tokens = np.minimum(tokens, len(self) - 1)  # past the last one: caught just below
        unknown = np.flatnonzero(self._code_points[tokens] != code_points)
        if unknown.size:
            position = int(unknown[0])
            raise ValueError(
                f"character {text[position]!r} at position {position} is not among the "
                f"{len(self)} of this vocabulary: {self.chars!r}"
            )
        return torch.from_numpy(tokens.astype(np.int64, copy=False))

    def decode(self, tokens: torch.Tensor | Sequence[int]) -> str:
        """Return the text of T characters that (T,) integer tokens, on any device, stand for.

        Raises:
            TypeError: the tokens are not integers.
            ValueError: tokens not of shape (T,), or one that is not from 0 to ``len(self) - 1``.
        """
        indices = np.asarray(tokens.cpu() if isinstance(tokens, torch.Tensor) else tokens)
        if indices.ndim != 1:
            raise ValueError(
                f"decode takes tokens of shape (T,), got {tuple(indices.shape)}: "
                "decode a batch row by row"
            )
        if indices.size == 0:  # np.asarray([]) is float64
            return ""
        if not np.issubdtype(indices.dtype, np.integer):
            raise TypeError(f"decode takes integer tokens, got {indices.dtype}")
        # A negative one would index from the end and go unnoticed.
        wrong = np.flatnonzero((indices < 0) | (indices >= len(self)))
        if wrong.size:
            position = int(wrong[0])
            raise ValueError(
                f"token {indices[position]} at position {position} is not from 0 to "
                f"{len(self) - 1}, the tokens of this vocabulary"
            )
        return self._code_points[indices].tobytes().decode("utf-32-le", "surrogatepass")


def train_val_split(sequence: Sliceable, val_fraction: float = 0.1) -> tuple[Sliceable, Sliceable]:
    """Cut a text, or tokens of shape (T, ...), into a training part and the last 10 %.

    The validation part is one piece from the end, because pieces drawn at random would share their
    neighbourhood, and so most of what can be predicted, with the training part.

    Args:
        sequence: a text or a tensor; a tensor's parts are views of it.
        val_fraction: the validation part is ``round(val_fraction * T)`` long.

    Raises:
        ValueError: one of the two parts would be empty.
    """
    num_val = round(val_fraction * len(sequence))
    if not 0 < num_val < len(sequence):
        raise ValueError(
            f"val_fraction={val_fraction} leaves one part of a sequence of {len(sequence)} empty"
        )
    return sequence[:-num_val], sequence[-num_val:]


def _require(what: str, value: str, valid: tuple[str, ...]) -> None:
    if value not in valid:
        choices = " or ".join(repr(choice) for choice in valid)
        raise ValueError(f"unknown {what} {value!r}: use {choices}")


def _code_points(text: str) -> np.ndarray:
    """Return the code points of a text of T characters: (T,) uint32."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _chosen_folder(root: PathLike | None) -> tuple[Path | None, str]:
    """Return the folder that the caller or the environment names, if any, and who named it."""
    if root is not None:
        return Path(root), "root"
    if os.environ.get("TORCHNOTES_DATA"):
        return Path(os.environ["TORCHNOTES_DATA"]), "the environment variable TORCHNOTES_DATA"
    return None, ""


def _published_file(filename: str, root: PathLike | None) -> Path:
    """Return the path of one of the repository's data files, once its checksum is verified."""
    folder, named_by = _chosen_folder(root)
    path = (folder or REPOSITORY_FOLDER) / filename
    if folder is None:
        restore = (
            "Run `git checkout -- data` in the course's folder, or set the environment variable "
            "TORCHNOTES_DATA to a folder that has the file."
        )
    else:
        restore = (
            f"That folder was named by {named_by}: copy {filename} there from the course's "
            "data folder, or leave it out to read the course's own."
        )
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(f"{path} is missing. {restore}") from None
    digest = _sha256(path, status.st_mtime_ns, status.st_size)
    if digest != CHECKSUMS[filename]:
        raise RuntimeError(
            f"{path} is not the published file.\n"
            f"SHA-256 expected {CHECKSUMS[filename]}\n"
            f"             got {digest}\n{restore}"
        )
    return path


@functools.cache
def _sha256(path: Path, mtime_ns: int, size: int) -> str:
    """Return a file's SHA-256. Its time and size make one that changed be read again."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _full_fashion_mnist(
    split: str, root: PathLike | None, download: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return all images, (N, 28, 28) uint8, and labels, (N,) uint8, of a split."""
    prefix = {"train": "train", "test": "t10k"}[split]
    chosen, _ = _chosen_folder(root)
    target = chosen or CACHE_FOLDER
    # files laid out as in the Debian package, or as torchvision does inside its root
    places = [
        folder / inside for folder in (target, CACHE_FOLDER) for inside in ("", "FashionMNIST/raw")
    ]
    places = [*dict.fromkeys(places), DEBIAN_FOLDER]  # the target may be the cache itself
    for place in places:
        images = _find_idx(place, f"{prefix}-images-idx3-ubyte")
        labels = _find_idx(place, f"{prefix}-labels-idx1-ubyte")
        if images and labels:
            return _check_pair(images, labels)

    if not download:
        looked = "".join(f"\n  {place}" for place in places)
        has_torchvision = importlib.util.find_spec("torchvision") is not None
        raise FileNotFoundError(
            f"the full Fashion-MNIST ({prefix}-images-idx3-ubyte and {prefix}-labels-idx1-ubyte, "
            f"with or without .gz) is in none of{looked}\n"
            "Install Debian's package dataset-fashion-mnist; or name a folder that has the files "
            "in root or the environment variable TORCHNOTES_DATA; or "
            f"{'' if has_torchvision else 'install torchvision and '}"
            f"pass download=True to let torchvision download 30 MB to {target}; "
            'or use size="small", which needs none of this.'
        )
    try:
        from torchvision.datasets import FashionMNIST
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "download=True leaves the download to torchvision, which is not installed: "
            "`pip install torchvision`, in the version that matches your torch",
            name="torchvision",
        ) from error
    dataset = FashionMNIST(target, train=split == "train", download=True)
    return dataset.data.numpy(), dataset.targets.numpy()


def _find_idx(folder: Path, stem: str) -> Path | None:
    for path in (folder / stem, folder / f"{stem}.gz"):
        if path.is_file():
            return path
    return None


def _check_pair(images: Path, labels: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read both idx files and make sure that they belong together."""
    pixels, classes = _read_idx(images), _read_idx(labels)
    if pixels.shape[1:] != (28, 28):
        raise ValueError(f"{images} holds arrays of shape {pixels.shape}, not (N, 28, 28)")
    if classes.shape != pixels.shape[:1]:
        raise ValueError(
            f"{images} holds {len(pixels)} images, but {labels} labels of shape {classes.shape}"
        )
    if classes.max(initial=0) >= len(FASHION_MNIST_CLASSES):
        raise ValueError(f"{labels} holds the label {classes.max()}, but the last one is 9")
    return pixels, classes


def _read_idx(path: Path) -> np.ndarray:
    """Return the unsigned bytes in an idx file, gzipped or not.

    The format (LeCun, Cortes & Burges): two zero bytes, 8 for unsigned bytes, the number of
    dimensions, each dimension as a big-endian 32-bit integer, the elements in C order.
    """
    content = path.read_bytes()
    if path.suffix == ".gz":
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error) as error:
            raise ValueError(f"{path} is not a whole gzip file: {error}") from error
    if content[:3] != b"\0\0\x08" or len(content) < 4 + 4 * content[3]:
        raise ValueError(f"{path} is not an idx file of unsigned bytes")
    shape = np.frombuffer(content, ">u4", count=content[3], offset=4).tolist()
    elements = np.frombuffer(content, np.uint8, offset=4 + 4 * len(shape))
    if elements.size != math.prod(shape):
        raise ValueError(f"{path} should hold {math.prod(shape)} bytes, but holds {elements.size}")
    return elements.reshape(shape)
