"""The data files, torchnotes.data which reads them, and data/prepare.py which rebuilds them."""

import bz2
import gzip
import hashlib
import importlib.util
import io
import lzma
import math
import os
import re
import socket
import string
import subprocess
import sys
import tarfile
import types
import zipfile
import zlib
from collections import Counter
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import torchnotes.data as data
from torchnotes.data import CharVocab, load_images, load_text, train_val_split
from torchnotes.devices import device

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / "data"
IMAGES, TEXT = "fashion_mnist_small.npz", "austen.txt"
YARDSTICKS = {"unigram": "4.49", "bigram": "3.52", "xz": "2.31", "bz2": "2.07"}  # as published


@pytest.fixture(autouse=True)
def only_the_repository(monkeypatch, tmp_path):
    """Keep what this machine happens to have installed or set out of every test."""
    monkeypatch.delenv("TORCHNOTES_DATA", raising=False)
    monkeypatch.setattr(data, "CACHE_FOLDER", tmp_path / "no-cache")
    monkeypatch.setattr(data, "DEBIAN_FOLDER", tmp_path / "no-debian")


@pytest.fixture(scope="module")
def prepare():
    """Return data/prepare.py as a module."""
    spec = importlib.util.spec_from_file_location("prepare", FOLDER / "prepare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---- the files ----------------------------------------------------------------------------------


def test_checksums_agree():
    """The files, SHA256SUMS and the loader's constants say the same."""
    lines = (FOLDER / "SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert listed == data.CHECKSUMS
    assert listed == {name: sha256(FOLDER / name) for name in (IMAGES, TEXT)}


def test_readme_states_the_facts():
    """The README's sizes, class table and yardsticks are the files' own."""
    rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    size = {row[0]: int(row[2].replace(",", "")) for row in rows if row[0] in (IMAGES, TEXT)}
    assert size == {name: (FOLDER / name).stat().st_size for name in (IMAGES, TEXT)}

    classes = {int(row[0]): row[1:] for row in rows if row[0].isdigit()}
    train, test = (load_images(split=split)[1].bincount().tolist() for split in ("train", "test"))
    assert classes == {
        label: [name, str(train[label]), str(test[label])]
        for label, name in enumerate(data.FASHION_MNIST_CLASSES)
    }
    assert {row[0]: row[1] for row in rows if row[0] in YARDSTICKS} == YARDSTICKS


def test_licence_is_beside_the_images():
    text = (FOLDER / "LICENSE-fashion-mnist.txt").read_text(encoding="utf-8")
    assert "© 2017 Zalando SE" in text
    for part in ("Permission is hereby granted", "shall be included in all copies", "AS IS"):
        assert part in text


# ---- load_images, size="small" ------------------------------------------------------------------


@pytest.mark.parametrize(("split", "count"), [("train", 10_000), ("test", 2_000)])
def test_small_images(split, count):
    images, labels = load_images("fashion_mnist", split, size="small")
    assert images.shape == (count, 1, 28, 28)
    assert images.dtype == torch.float32
    assert images.is_contiguous()
    assert (images.min(), images.max()) == (0, 1)
    assert labels.shape == (count,)
    assert labels.dtype == torch.int64
    assert labels.unique().tolist() == list(range(len(data.FASHION_MNIST_CLASSES)))


@pytest.mark.parametrize("split", ["train", "test"])
def test_small_images_are_the_bytes_of_the_archive(split):
    """Read the archive a second way, byte by byte: an npz is a zip of .npy files."""
    images, labels = load_images(split=split)
    with zipfile.ZipFile(FOLDER / IMAGES) as archive:
        raw_images = archive.read(f"{split}_images.npy")
        raw_labels = archive.read(f"{split}_labels.npy")
    pixels = torch.tensor(list(raw_images[-images.numel() :])).view(images.shape)
    assert torch.equal(images[0], pixels[0].float() / 255)
    assert torch.equal((images * 255).round().long(), pixels)
    assert labels.tolist() == list(raw_labels[-len(labels) :])


def test_first_training_image_is_an_ankle_boot():
    """As in the figure of every tutorial on this data set."""
    _, labels = load_images()
    assert data.FASHION_MNIST_CLASSES[labels[0]] == "Ankle boot"
    assert len(set(data.FASHION_MNIST_CLASSES)) == 10


def test_each_call_returns_fresh_tensors():
    images, labels = load_images(split="test")
    images.zero_()
    labels.zero_()
    again, labels_again = load_images(split="test")
    assert again.any()
    assert labels_again.any()


def test_images_go_to_the_device():
    for wanted in (device(), torch.device("meta")):
        images, labels = load_images(split="test", device=wanted)
        assert images.device.type == labels.device.type == wanted.type
    assert load_images(split="test")[0].device.type == "cpu"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "mnist"}, "unknown name 'mnist': use 'fashion_mnist'"),
        ({"split": "val"}, "unknown split 'val': use 'train' or 'test'"),
        ({"size": "big"}, "unknown size 'big': use 'small' or 'full'"),
    ],
)
def test_unknown_argument_lists_the_valid_ones(arguments, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        load_images(**arguments)


# ---- load_text ----------------------------------------------------------------------------------


def test_text():
    text = load_text("austen")
    assert len(text) == 1_567_796
    assert text.encode("ascii") == (FOLDER / TEXT).read_bytes()
    assert set(text) == {*string.ascii_letters, *string.digits, *"\n !\"&'()*,-.:;?[]_"}
    assert len(set(text)) == 80
    assert text.startswith("PRIDE AND PREJUDICE\n\nBy Jane Austen\n")
    assert text[684_768:].startswith("EMMA\n\nBy Jane Austen\n")
    assert text.endswith("\nFINIS\n")
    with pytest.raises(ValueError, match=r"^unknown name 'tolstoy': use 'austen'$"):
        load_text("tolstoy")


def test_yardsticks(prepare, capsys):
    """The published figures, recomputed with the standard library alone."""
    text = load_text()
    content = text.encode()
    share = {char: n / len(text) for char, n in Counter(text).items()}
    pairs = Counter(text[i : i + 2] for i in range(len(text) - 1))
    first = Counter(text[:-1])
    bits = {
        "unigram": -sum(p * math.log2(p) for p in share.values()),
        "bigram": -sum(n * math.log2(n / first[ab[0]]) for ab, n in pairs.items()) / pairs.total(),
        "xz": 8 * len(lzma.compress(content, preset=6)) / len(text),
        "bz2": 8 * len(bz2.compress(content, compresslevel=9)) / len(text),
    }
    assert {name: f"{value:.2f}" for name, value in bits.items()} == YARDSTICKS
    assert prepare.main(["--yardsticks"]) == 0
    assert dict(line.split() for line in capsys.readouterr().out.splitlines()) == YARDSTICKS


# ---- what can be wrong with the files -----------------------------------------------------------

LOADERS = {IMAGES: load_images, TEXT: load_text}


@pytest.fixture(params=[IMAGES, TEXT])
def filename(request):
    return request.param


@pytest.mark.parametrize("named_by", ["root", "TORCHNOTES_DATA"])
def test_missing_file_in_a_named_folder(filename, named_by, tmp_path, monkeypatch):
    if named_by == "TORCHNOTES_DATA":
        monkeypatch.setenv("TORCHNOTES_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError) as caught:
        LOADERS[filename](root=tmp_path if named_by == "root" else None)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / filename} is missing.")
    assert f"named by {'the environment variable ' * (named_by != 'root')}{named_by}" in message


def test_missing_file_in_the_repository(filename, tmp_path, monkeypatch):
    monkeypatch.setattr(data, "REPOSITORY_FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError) as caught:
        LOADERS[filename]()
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / filename} is missing.")
    assert "`git checkout -- data`" in message
    assert "TORCHNOTES_DATA" in message


def test_wrong_checksum(filename, tmp_path, monkeypatch):
    """One flipped bit is refused, also after the good file was read; the good file heals it."""
    path = tmp_path / filename
    good = (FOLDER / filename).read_bytes()
    bad = bytearray(good)
    bad[len(bad) // 2] ^= 1
    monkeypatch.setenv("TORCHNOTES_DATA", str(tmp_path))
    for content, time in ((good, 1), (bad, 2), (good, 3)):
        path.write_bytes(content)
        os.utime(path, (time, time))
        if content is good:
            LOADERS[filename]()
            continue
        with pytest.raises(RuntimeError) as caught:
            LOADERS[filename]()
        message = str(caught.value)
        assert message.startswith(f"{path} is not the published file.")
        assert f"expected {data.CHECKSUMS[filename]}" in message
        assert f"got {hashlib.sha256(bad).hexdigest()}" in message
        assert f"copy {filename} there from the course's data folder" in message


def test_wrong_checksum_in_the_repository(tmp_path, monkeypatch):
    (tmp_path / TEXT).write_bytes((FOLDER / TEXT).read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(data, "REPOSITORY_FOLDER", tmp_path)
    with pytest.raises(RuntimeError, match="`git checkout -- data`"):
        load_text()


def test_checksum_is_computed_once(filename, tmp_path, monkeypatch):
    (tmp_path / filename).write_bytes((FOLDER / filename).read_bytes())
    computed = []
    real = hashlib.sha256
    monkeypatch.setattr(hashlib, "sha256", lambda content: computed.append(1) or real(content))
    for _ in range(3):
        LOADERS[filename](root=tmp_path)
    assert len(computed) == 1


# ---- load_images, size="full" -------------------------------------------------------------------

COUNTS = {"train": 3, "test": 2}


def idx(array: np.ndarray) -> bytes:
    """Write the idx format down from its description."""
    sizes = b"".join(n.to_bytes(4, "big") for n in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def tiny_images(split: str) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(COUNTS[split])
    count = COUNTS[split]
    return rng.integers(0, 256, (count, 28, 28), np.uint8), np.array([9, 0, 4][:count], np.uint8)


def write_full(folder: Path, compressed: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for split, prefix in (("train", "train"), ("test", "t10k")):
        pixels, labels = tiny_images(split)
        for kind, array in (("images-idx3", pixels), ("labels-idx1", labels)):
            content, path = idx(array), folder / f"{prefix}-{kind}-ubyte"
            if compressed:
                content, path = gzip.compress(content), path.with_name(path.name + ".gz")
            path.write_bytes(content)


def assert_tiny(split: str, **arguments) -> None:
    images, labels = load_images(split=split, size="full", **arguments)
    pixels, classes = tiny_images(split)
    assert images.shape == (COUNTS[split], 1, 28, 28)
    assert images.dtype == torch.float32
    assert torch.equal(images[:, 0], torch.tensor(pixels).float() / 255)
    assert labels.dtype == torch.int64
    assert labels.tolist() == classes.tolist()


@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("inside", ["", "FashionMNIST/raw"])
def test_full_from_root(split, compressed, inside, tmp_path):
    write_full(tmp_path / inside, compressed)
    assert_tiny(split, root=tmp_path)
    assert_tiny(split, root=str(tmp_path), download=True)  # found, so nothing to download


@pytest.mark.parametrize("place", ["environment", "CACHE_FOLDER", "DEBIAN_FOLDER"])
def test_full_from_the_other_places(place, tmp_path, monkeypatch):
    write_full(tmp_path / "here", compressed=True)
    if place == "environment":
        monkeypatch.setenv("TORCHNOTES_DATA", str(tmp_path / "here"))
    else:
        monkeypatch.setattr(data, place, tmp_path / "here")
    assert_tiny("train")


def test_root_comes_before_the_environment_and_debian(tmp_path, monkeypatch):
    write_full(tmp_path / "root", compressed=False)
    for other in ("environment", "debian"):
        write_full(tmp_path / other, compressed=False)
        (tmp_path / other / "train-labels-idx1-ubyte").write_bytes(idx(np.array([1, 1, 1])))
    monkeypatch.setenv("TORCHNOTES_DATA", str(tmp_path / "environment"))
    monkeypatch.setattr(data, "DEBIAN_FOLDER", tmp_path / "debian")
    assert_tiny("train", root=tmp_path / "root")
    assert load_images(size="full")[1].tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("images-idx3-ubyte", b"\0\0\x0d\3" + bytes(20), "is not an idx file of unsigned bytes"),
        ("images-idx3-ubyte", b"\0\0\x08\3\0\0", "is not an idx file of unsigned bytes"),
        ("images-idx3-ubyte", idx(np.zeros((3, 28, 28)))[:-1], "hold 2352 bytes, but holds 2351"),
        ("images-idx3-ubyte", idx(np.zeros((3, 32, 32))), r"shape \(3, 32, 32\), not \(N, 28, 28"),
        ("labels-idx1-ubyte", idx(np.zeros(4)), r"3 images, but .* labels of shape \(4,\)"),
        ("labels-idx1-ubyte", idx(np.array([0, 10, 1])), "holds the label 10, but the last one"),
        ("images-idx3-ubyte.gz", gzip.compress(bytes(99), mtime=0)[:-9], "not a whole gzip file"),
        ("labels-idx1-ubyte.gz", b"<html>not found</html>", "not a whole gzip file"),
    ],
)
def test_broken_idx_file(file, content, message, tmp_path):
    write_full(tmp_path, compressed=False)
    path = tmp_path / f"train-{file}"
    path.with_suffix("").unlink(missing_ok=True)  # the plain one would be preferred
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        load_images(size="full", root=tmp_path)
    assert str(path) in str(caught.value)


class FakeFashionMNIST:
    """Stands for torchvision's data set and notes how it was asked."""

    asked: list

    def __init__(self, root, train, download):
        self.asked.append((root, train, download))
        pixels, labels = tiny_images("train" if train else "test")
        self.data, self.targets = torch.tensor(pixels), torch.tensor(labels).long()


@pytest.fixture
def torchvision(monkeypatch):
    """Put a stand-in for torchvision in place; return the list of what it was asked."""
    module, datasets = types.ModuleType("torchvision"), types.ModuleType("torchvision.datasets")
    module.__spec__ = ModuleSpec("torchvision", None)
    datasets.FashionMNIST = FakeFashionMNIST
    monkeypatch.setitem(sys.modules, "torchvision", module)
    monkeypatch.setitem(sys.modules, "torchvision.datasets", datasets)
    monkeypatch.setattr(FakeFashionMNIST, "asked", [], raising=False)
    return FakeFashionMNIST.asked


@pytest.fixture
def no_torchvision(monkeypatch):
    monkeypatch.setitem(sys.modules, "torchvision", None)
    monkeypatch.setitem(sys.modules, "torchvision.datasets", None)


def test_full_is_never_downloaded_unasked(torchvision, tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        load_images(size="full", root=tmp_path)
    assert torchvision == []
    message = str(caught.value)
    for place in (tmp_path, tmp_path / "FashionMNIST/raw", data.CACHE_FOLDER, data.DEBIAN_FOLDER):
        assert f"\n  {place}\n" in message
    for way_out in ("dataset-fashion-mnist", "TORCHNOTES_DATA", "download=True", 'size="small"'):
        assert way_out in message
    assert "install torchvision" not in message


@pytest.mark.parametrize("split", ["train", "test"])
def test_full_is_downloaded_when_asked(split, torchvision, tmp_path):
    assert_tiny(split, root=tmp_path, download=True)
    assert_tiny(split, download=True)
    assert torchvision == [
        (tmp_path, split == "train", True),
        (data.CACHE_FOLDER, split == "train", True),
    ]


def test_full_without_torchvision(no_torchvision):
    with pytest.raises(FileNotFoundError, match="install torchvision and pass download=True"):
        load_images(size="full")
    with pytest.raises(ModuleNotFoundError, match="`pip install torchvision`"):
        load_images(size="full", download=True)


# ---- nothing but reading ------------------------------------------------------------------------


def test_no_socket_is_opened(monkeypatch, no_torchvision):
    def refuse(*_, **__):
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    with pytest.raises(AssertionError, match="a socket"):  # the guard works
        socket.create_connection(("127.0.0.1", 9))
    data._sha256.cache_clear()
    load_images(split="train")
    load_images(split="test")
    load_text()
    with pytest.raises(FileNotFoundError):
        load_images(size="full")


def run_python(code: str) -> str:
    """Run code in a fresh interpreter and return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_import_reads_no_data():
    """Importing is fast because the files are read on the first call, not on import."""
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import torchnotes.data
count = lambda: sum(name.endswith((".npz", "austen.txt")) for name in opened)
before = count()
torchnotes.data.load_text(), torchnotes.data.load_images()
print(before, count() > 0)
"""
    assert run_python(code).split() == ["0", "True"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads in Linux's /proc")
def test_no_thread_is_started():
    """A grading kernel is forked from a process that imported this: its threads would be lost."""
    code = """
import os
import torch
torch.set_num_threads(3)
threads = lambda: len(os.listdir("/proc/self/task"))
before = threads()
from torchnotes.data import CharVocab, load_images, load_text, train_val_split
imported = threads()
images, labels = load_images()
text = load_text()
train, val = train_val_split(CharVocab(text).encode(text))
CharVocab(text).decode(val)
used = threads()
images.exp().sum()
print(imported - before, used - before, threads() > used)
"""
    # The last one shows that a torch operation would have been noticed.
    assert run_python(code).split() == ["0", "0", "True"]


# ---- CharVocab and train_val_split --------------------------------------------------------------


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(min_size=1), st.data())
def test_vocabulary_round_trip(text, draws):
    vocab = CharVocab(text)
    assert list(vocab.chars) == sorted(set(text))
    assert len(vocab) == len(set(text))
    assert CharVocab(vocab.chars).chars == vocab.chars
    other = draws.draw(st.text(alphabet=vocab.chars))
    for sample in (text, other, ""):
        tokens = vocab.encode(sample)
        assert tokens.dtype == torch.int64
        assert tokens.tolist() == [vocab.chars.index(char) for char in sample]
        assert tokens.shape == (len(sample),)
        assert vocab.decode(tokens) == vocab.decode(tokens.tolist()) == sample


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(min_size=1), st.characters())
def test_unknown_character(text, char):
    vocab = CharVocab(text.replace(char, "") or chr(ord("a") + (char == "a")))
    with pytest.raises(ValueError) as caught:
        vocab.encode(vocab.chars + char)
    assert f"character {char!r} at position {len(vocab)} is not among" in str(caught.value)


@pytest.mark.parametrize(
    ("tokens", "error", "message"),
    [
        ([0, -1], ValueError, "token -1 at position 1 is not from 0 to 2"),
        (torch.tensor([3]), ValueError, "token 3 at position 0 is not from 0 to 2"),
        (torch.zeros(2, 3, dtype=torch.int64), ValueError, r"of shape \(T,\), got \(2, 3\)"),
        (torch.tensor(1), ValueError, r"of shape \(T,\), got \(\)"),
        (torch.tensor([0.5]), TypeError, "takes integer tokens, got float32"),
        (torch.tensor([True]), TypeError, "takes integer tokens, got bool"),
    ],
)
def test_decode_refuses(tokens, error, message):
    with pytest.raises(error, match=message):
        CharVocab("abc").decode(tokens)


def test_vocabulary_of_the_text():
    text = load_text()
    vocab = CharVocab(text)
    tokens = vocab.encode(text)
    assert len(vocab) == 80
    assert (int(tokens.min()), int(tokens.max())) == (0, 79)
    assert vocab.decode(tokens.to(device())) == text
    assert repr(CharVocab("ba")) == "CharVocab('ab')"
    with pytest.raises(ValueError, match="at least one character"):
        CharVocab("")


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(1, 200), st.floats(0, 1))
def test_split_is_a_cut(length, fraction):
    text, tokens = "x" * length, torch.arange(length)
    num_val = round(fraction * length)
    if num_val in (0, length):
        with pytest.raises(ValueError, match="leaves one part of a sequence"):
            train_val_split(tokens, fraction)
        return
    train, val = train_val_split(tokens, fraction)
    assert train.tolist() == list(range(length - num_val))
    assert val.tolist() == list(range(length - num_val, length))
    assert train.untyped_storage().data_ptr() == tokens.untyped_storage().data_ptr()
    assert tuple(map(len, train_val_split(text, fraction))) == (len(train), len(val))


def test_split_of_the_text():
    text = load_text()
    train, val = train_val_split(text)
    assert train + val == text
    assert len(val) == 156_780
    with pytest.raises(ValueError, match="leaves one part"):
        train_val_split(text, -0.1)


# ---- data/prepare.py ----------------------------------------------------------------------------
#
# Hand-made packages first: the formats are written here from their descriptions, so the script's
# readers meet a writer that is not their own. Debian's real ones are checked where they are given.


def integers(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, "big", signed=True) for value in values)


def rds(value, version: int = 3) -> bytes:
    """Serialise dicts and lists of str or int as R does ("R Internals", section 1.8)."""
    symbols = []

    def string_item(text: str) -> bytes:
        content = text.encode()
        return integers(0x40009, len(content)) + content  # CHARSXP, ASCII

    def symbol(name: str) -> bytes:
        if name in symbols:
            return integers((symbols.index(name) + 1) << 8 | 255)  # packed reference
        symbols.append(name)
        return integers(1) + string_item(name)

    def item(value) -> bytes:
        if isinstance(value, dict):
            content = b"".join(map(item, value.values()))  # before the names: symbols are numbered
            names = integers(0x402) + symbol("names") + item(list(value)) + integers(254)
            return integers(0x213, len(value)) + content + names
        if isinstance(value[0], str):
            return integers(16, len(value)) + b"".join(map(string_item, value))
        return integers(13, len(value), *value)

    encoding = integers(5) + b"UTF-8" if version == 3 else b""
    return b"X\n" + integers(version, 0x40201, 0x30500) + encoding + item(value)


def r_database(novels: dict[str, list[str]]) -> dict[str, bytes]:
    variables, objects = {}, b""
    for name, lines in novels.items():
        content = rds(lines)
        chunk = integers(len(content)) + zlib.compress(content)
        variables[name] = [len(objects), len(chunk)]
        objects += chunk
    index = {"variables": variables, "references": {"env": [0, 0]}, "compressed": [1]}
    folder = "usr/lib/R/site-library/janeaustenr/data"
    return {
        f"{folder}/Rdata.rdx": gzip.compress(rds(index)),
        f"{folder}/Rdata.rdb": objects,
    }


def deb(files: dict[str, bytes]) -> bytes:
    """Return a Debian package: an ar archive with the files in data.tar.xz."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:xz", preset=0) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(f"./{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    package = b"!<arch>\n"
    for name, content in (
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", b"odd"),  # an odd size: the next member is padded to an even offset
        ("data.tar.xz", tar.getvalue()),
    ):
        package += f"{name:16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode()
        package += content + b"\n" * (len(content) % 2)
    return package


@pytest.fixture(scope="module")
def package_files() -> dict[str, dict[str, bytes]]:
    """Return the files of both packages, made from the repository's data and some more of it."""
    images = {}
    with np.load(FOLDER / IMAGES) as arrays:
        for array in arrays.files:
            split, kind = array.split("_")
            content = idx(np.concatenate([arrays[array], arrays[array][:5]]))  # more than is taken
            prefix = {"train": "train", "test": "t10k"}[split]
            name = f"{prefix}-{kind}-idx{3 if kind == 'images' else 1}-ubyte.gz"
            images[f"usr/share/datasets/fashion-mnist/{name}"] = gzip.compress(content, 1)
    text = (FOLDER / TEXT).read_text()
    cut = text.index("EMMA\n\nBy Jane Austen")
    novels = {
        "emma": text[cut:].split("\n")[:-1],  # R sorts its variables by name
        "persuasion": ["Persuasion", "", "by"],
        "prideprejudice": text[:cut].split("\n")[:-1],
    }
    return {"dataset-fashion-mnist": images, "r-cran-janeaustenr": r_database(novels)}


@pytest.fixture(params=["packages", "extracted"])
def debs(request, package_files, tmp_path):
    """A folder with both packages, as downloaded or as ``dpkg-deb -x`` leaves them."""
    folder = tmp_path / "debs"
    folder.mkdir()
    for package, files in package_files.items():
        if request.param == "packages":
            (folder / f"{package}_1_all.deb").write_bytes(deb(files))
            continue
        for name, content in files.items():
            path = folder / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


def test_prepare_checks(debs, prepare, capsys):
    before = [(FOLDER / name).stat().st_mtime_ns for name in (IMAGES, TEXT)]
    assert prepare.main(["--debs", str(debs), "--check"]) == 0
    assert f"{TEXT}: 1,567,796 bytes, identical" in capsys.readouterr().out
    assert [(FOLDER / name).stat().st_mtime_ns for name in (IMAGES, TEXT)] == before


def test_prepare_writes_the_published_bytes(debs, prepare, tmp_path):
    repacked = io.BytesIO()
    with np.load(FOLDER / IMAGES) as arrays:
        np.savez_compressed(repacked, **arrays)
    if repacked.getvalue() != (FOLDER / IMAGES).read_bytes():
        pytest.skip("this Python's zipfile or zlib packs the arrays into other bytes")
    out = tmp_path / "new" / "out"
    assert prepare.main(["--debs", str(debs), "--out", str(out)]) == 0
    assert {path.name: sha256(path) for path in out.iterdir()} == data.CHECKSUMS


def test_prepare_accepts_another_packing_but_does_not_write(
    debs, prepare, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(prepare.np, "savez_compressed", np.savez)
    assert prepare.main(["--debs", str(debs), "--check"]) == 0
    assert f"{IMAGES}: same arrays as the published file" in capsys.readouterr().out
    assert prepare.main(["--debs", str(debs), "--out", str(tmp_path / "out")]) == 1
    assert "nothing written" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_prepare_notices_other_content(package_files, prepare, tmp_path, capsys):
    """One label and one character away from the published data."""
    for package, files in package_files.items():
        changed = dict(files)
        if package == "dataset-fashion-mnist":
            name = "usr/share/datasets/fashion-mnist/train-labels-idx1-ubyte.gz"
            content = bytearray(gzip.decompress(files[name]))
            content[8] = 8  # the first ankle boot becomes a bag
            changed[name] = gzip.compress(content)
        else:
            changed = r_database({"emma": ["EMMA"], "prideprejudice": ["PRIDE AND PREJUDICE"]})
        (tmp_path / f"{package}.deb").write_bytes(deb(changed))
    for arguments in (["--check"], ["--out", str(tmp_path / "out")]):
        assert prepare.main(["--debs", str(tmp_path), *arguments]) == 1
        out = capsys.readouterr().out
        assert f"{IMAGES}: rebuilt with SHA-256" in out
        assert f"{TEXT}: rebuilt with SHA-256" in out
    assert not (tmp_path / "out").exists()


def test_prepare_checks_the_file_in_place(debs, prepare, tmp_path, capsys):
    (tmp_path / TEXT).write_bytes(b"It is a truth\n")
    assert prepare.main(["--debs", str(debs), "--out", str(tmp_path), "--check"]) == 1
    out = capsys.readouterr().out
    assert f"{TEXT}: the file in place is not the published one" in out
    assert f"{IMAGES}: {tmp_path / IMAGES} is missing" in out


def test_prepare_names_what_is_missing(package_files, prepare, tmp_path, capsys):
    (tmp_path / "r.deb").write_bytes(deb(package_files["r-cran-janeaustenr"]))
    assert prepare.main(["--debs", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "fashion-mnist/train-images-idx3-ubyte.gz" in error
    assert "Rdata.rdb" not in error
    assert "apt-get download dataset-fashion-mnist r-cran-janeaustenr" in error


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a package", "is not a Debian package"),
        (b"!<arch>\n", "has no data.tar"),
        (deb({"a": b"a"}).replace(b"\xfd7zXZ", b"\x28\xb5\x2f\xfd\0"), "`dpkg-deb -x`"),
        (deb({"a": os.urandom(9999)})[:-5000], "prepare.py: "),
    ],
)
def test_prepare_refuses_a_broken_package(content, message, prepare, tmp_path, capsys):
    (tmp_path / "broken.deb").write_bytes(content)
    assert prepare.main(["--debs", str(tmp_path)]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("version", [2, 3])
def test_rds_reader(prepare, version):
    value = {"numbers": [1, -2, 2**31 - 1], "inner": {"strings": ["Emma", ""], "n": [7]}}
    assert prepare.read_rds(rds(value, version)) == value
    symbols = [integers(1, 0x40009, 1) + name for name in (b"a", b"b")]
    again = integers(2 << 8 | 255, 1 << 8 | 255)  # the second symbol, then the first
    header = integers(2, 0x40201, 0x20300)
    content = b"X\n" + header + integers(19, 4) + b"".join(symbols) + again
    assert prepare.read_rds(content) == ["a", "b", "b", "a"]
    with pytest.raises(ValueError, match="not R's binary"):
        prepare.read_rds(b"A\n3")
    with pytest.raises(ValueError, match="R object of type 14"):  # doubles
        prepare.read_rds(b"X\n" + integers(2, 0, 0, 14, 1) + bytes(8))


@pytest.fixture
def debian(prepare):
    """Return the folder with Debian's own packages, where one is given."""
    folder = os.environ.get("TORCHNOTES_DEBS")
    if not folder:
        pytest.skip(
            "TORCHNOTES_DEBS is not set: it names the folder where `apt-get download "
            "dataset-fashion-mnist r-cran-janeaustenr` was run"
        )
    return Path(folder)


def test_debian_packages_rebuild_the_files(debian):
    done = subprocess.run(
        [sys.executable, FOLDER / "prepare.py", "--debs", debian, "--check"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{TEXT}: 1,567,796 bytes, identical" in done.stdout


def test_debian_images_load_in_full(debian, prepare, tmp_path):
    """All 70,000 images; the small files are the first of them."""
    found = prepare.collect(debian)
    for name in prepare.IDX_FILES.values():
        (tmp_path / Path(name).name).write_bytes(found[name])
    for split, count in (("train", 60_000), ("test", 10_000)):
        images, labels = load_images(split=split, size="full", root=tmp_path)
        assert images.shape == (count, 1, 28, 28)
        assert labels.bincount().tolist() == [count // 10] * 10
        small_images, small_labels = load_images(split=split)
        assert torch.equal(images[: len(small_images)], small_images)
        assert torch.equal(labels[: len(small_labels)], small_labels)
