"""Rebuild the course's two data files from Debian's packages, without touching the network.

    apt-get download dataset-fashion-mnist r-cran-janeaustenr    # in a folder of your own, DIR
    python data/prepare.py --debs DIR            # writes both files to data/
    python data/prepare.py --debs DIR --check    # writes nothing, says whether data/ is right
    python data/prepare.py --yardsticks          # bits per character of the text

DIR holds the two .deb files, or what ``dpkg-deb -x`` extracted from them. Needs Python and numpy.
"""

import argparse
import bz2
import gzip
import hashlib
import io
import lzma
import math
import platform
import sys
import tarfile
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
IMAGES, TEXT = "fashion_mnist_small.npz", "austen.txt"
NUM_TRAIN, NUM_TEST = 10_000, 2_000  # the first ones: small enough to live in the repository
NOVELS = ("prideprejudice", "emma")  # two of the six: 1.5 MB is plenty for a small model

# Where the two packages keep what is needed, from the end of the path.
IDX_FILES = {
    "train_images": "fashion-mnist/train-images-idx3-ubyte.gz",
    "train_labels": "fashion-mnist/train-labels-idx1-ubyte.gz",
    "test_images": "fashion-mnist/t10k-images-idx3-ubyte.gz",
    "test_labels": "fashion-mnist/t10k-labels-idx1-ubyte.gz",
}
R_INDEX, R_OBJECTS = "janeaustenr/data/Rdata.rdx", "janeaustenr/data/Rdata.rdb"
WANTED = (*IDX_FILES.values(), R_INDEX, R_OBJECTS)


# ---- the packages -------------------------------------------------------------------------------


def open_deb(path: Path) -> tarfile.TarFile:
    """Open the files of a Debian package: an ar archive with a tar archive in it."""
    content = path.read_bytes()
    if not content.startswith(b"!<arch>\n"):
        raise ValueError(f"{path} is not a Debian package")
    offset = 8
    while offset < len(content):
        header = content[offset : offset + 60]
        start, size = offset + 60, int(header[48:58])
        if header.startswith(b"data.tar"):
            try:
                return tarfile.open(fileobj=io.BytesIO(content[start : start + size]))
            except tarfile.ReadError as error:  # zstd, before Python 3.14
                raise ValueError(
                    f"this Python cannot decompress {path}: extract it with `dpkg-deb -x` into a "
                    "folder, and give that folder"
                ) from error
        offset = start + size + size % 2  # members start at even offsets
    raise ValueError(f"{path} has no data.tar: is the download complete?")


def collect(folder: Path) -> dict[str, bytes]:
    """Return the content of every wanted file, from extracted packages or from .deb files."""
    found = {}
    for wanted in WANTED:
        for path in sorted(folder.rglob(Path(wanted).name)):
            if path.as_posix().endswith("/" + wanted):
                found.setdefault(wanted, path.read_bytes())
    for deb in sorted(folder.glob("*.deb")):
        if len(found) == len(WANTED):
            break
        with open_deb(deb) as files:
            for member in files:
                for wanted in WANTED:
                    if member.isfile() and member.name.endswith("/" + wanted):
                        found.setdefault(wanted, files.extractfile(member).read())
    missing = [wanted for wanted in WANTED if wanted not in found]
    if missing:
        raise FileNotFoundError(
            f"neither a package nor a folder in {folder} has {', '.join(missing)}.\nGet both with "
            "`apt-get download dataset-fashion-mnist r-cran-janeaustenr` and give their folder."
        )
    return found


# ---- the images ---------------------------------------------------------------------------------


def read_idx(content: bytes) -> np.ndarray:
    """Return the array in a gzipped idx file of bytes: (N, 28, 28) images or (N,) labels."""
    content = gzip.decompress(content)
    zero, kind, ndim = int.from_bytes(content[:2], "big"), content[2], content[3]
    if (zero, kind) != (0, 8):
        raise ValueError("not an idx file of unsigned bytes")
    shape = np.frombuffer(content, ">u4", count=ndim, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * ndim).reshape(shape)


def build_images(found: dict[str, bytes]) -> bytes:
    """Return the bytes of fashion_mnist_small.npz."""
    arrays = {}
    for name, file in IDX_FILES.items():
        count = NUM_TRAIN if name.startswith("train") else NUM_TEST
        arrays[name] = read_idx(found[file])[:count]
    archive = io.BytesIO()
    np.savez_compressed(archive, **arrays)  # dates every member 1980-01-01, so it is reproducible
    return archive.getvalue()


# ---- the text -----------------------------------------------------------------------------------


def read_rds(content: bytes):
    """Return one R object from R's binary serialisation ("R Internals", section 1.8).

    Only what a data package's index and its character vectors use: vectors of strings, integers,
    logicals and lists become lists, and those with names become dicts.
    """
    stream = io.BytesIO(content)
    symbols = []

    def integer() -> int:
        return int.from_bytes(stream.read(4), "big", signed=True)

    def item():
        flags = integer()
        kind, has_attributes, has_tag = flags & 0xFF, flags & 0x200, flags & 0x400
        if kind == 254:  # NULL
            return None
        if kind == 255:  # a symbol seen before
            return symbols[(flags >> 8) - 1]
        if kind == 1:  # a symbol
            symbols.append(item())
            return symbols[-1]
        if kind == 2 and has_tag and not has_attributes:  # a pairlist: attributes, name by name
            tag, value = item(), item()
            return {tag: value, **(item() or {})}
        if kind == 9:  # one string
            return stream.read(integer()).decode("latin-1" if flags & 0x4000 else "utf-8")
        if kind in (10, 13):  # logicals, integers
            values = [integer() for _ in range(integer())]
        elif kind in (16, 19):  # strings, list
            values = [item() for _ in range(integer())]
        else:
            raise ValueError(f"R object of type {kind}: this small reader does not know it")
        attributes = item() if has_attributes else {}
        return dict(zip(attributes["names"], values, strict=True)) if attributes else values

    if stream.read(2) != b"X\n":
        raise ValueError("not R's binary serialisation")
    version, _, _ = integer(), integer(), integer()
    if version == 3:
        stream.read(integer())  # the native encoding; each string carries its own
    return item()


def read_r_database(index: bytes, objects: bytes, names: tuple[str, ...]) -> list:
    """Return the named objects of an R package's lazy-load database (.rdx and .rdb)."""
    contents = read_rds(gzip.decompress(index))
    if contents["compressed"] != [1]:
        raise ValueError("this R database is not compressed with zlib")
    values = []
    for name in names:
        offset, size = contents["variables"][name]
        chunk = objects[offset + 4 : offset + size]  # the first 4 bytes are the size it expands to
        values.append(read_rds(zlib.decompress(chunk)))
    return values


def build_text(found: dict[str, bytes]) -> bytes:
    """Return the bytes of austen.txt: each novel's lines as they are, each ended by a newline."""
    novels = read_r_database(found[R_INDEX], found[R_OBJECTS], NOVELS)
    return "".join(line + "\n" for lines in novels for line in lines).encode("ascii")


# ---- the yardsticks -----------------------------------------------------------------------------


def entropy(counts: Counter) -> float:
    """Return the entropy in bits of the distribution that the counts give."""
    total = counts.total()
    return -sum(n / total * math.log2(n / total) for n in counts.values())


def yardsticks(text: bytes) -> dict[str, float]:
    """Return bits per character: of counted frequencies, and of two general compressors."""
    return {
        "unigram": entropy(Counter(text)),
        # H(next | this) = H(this, next) - H(this)
        "bigram": entropy(Counter(pairwise(text))) - entropy(Counter(text[:-1])),
        "xz": 8 * len(lzma.compress(text)) / len(text),
        "bz2": 8 * len(bz2.compress(text)) / len(text),
    }


# ---- the command --------------------------------------------------------------------------------


def published() -> dict[str, str]:
    """Return the SHA-256 of each data file, from SHA256SUMS."""
    lines = (HERE / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def sha256(content: bytes) -> str:
    """Return the SHA-256 of the content in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def same_arrays(a: bytes, b: bytes) -> bool:
    """Say whether two .npz files hold the same arrays, however they are compressed."""
    with np.load(io.BytesIO(a)) as x, np.load(io.BytesIO(b)) as y:
        return x.files == y.files and all(
            x[k].dtype == y[k].dtype and np.array_equal(x[k], y[k]) for k in x.files
        )


def compare(name: str, built: bytes, current: bytes | None, expected: str) -> tuple[bool, str]:
    """Say whether the rebuilt file is the published one, and whether the file in place is.

    ``current`` is the content of the file in place, None where only the rebuilt one matters.
    """
    if current is not None and sha256(current) != expected:
        return False, f"{name}: the file in place is not the published one ({sha256(current)})"
    if sha256(built) == expected:
        return True, f"{name}: {len(built):,} bytes, identical to the published file"
    if name == IMAGES and current is not None and same_arrays(built, current):
        # Python 3.10 writes 44 bytes of the zip headers otherwise; zlib-ng compresses otherwise
        return True, (
            f"{name}: same arrays as the published file, packed into other bytes by Python "
            f"{platform.python_version()} with zlib {zlib.ZLIB_RUNTIME_VERSION}"
        )
    return False, (
        f"{name}: rebuilt with SHA-256 {sha256(built)}, published with {expected}: another "
        f"release of the package{', or of Python or zlib' if name == IMAGES else ''}"
    )


def rebuild(debs: Path, out: Path, check: bool) -> int:
    """Rebuild both files, then compare (check) or write them; return the exit status."""
    found = collect(debs)
    built = {IMAGES: build_images(found), TEXT: build_text(found)}
    fine = True
    for name, expected in published().items():
        path = out / name
        if check and not path.exists():
            same, verdict = False, f"{name}: {path} is missing"
        else:
            current = path.read_bytes() if check else None
            same, verdict = compare(name, built[name], current, expected)
        fine &= same
        print(verdict)
    if fine and not check:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in built.items():
            (out / name).write_bytes(content)
        print(f"written to {out}")
    elif not fine and not check:
        # torchnotes.data would refuse a file with another checksum, so it is not put there
        print("nothing written; `git checkout -- data` restores the published files")
    return 0 if fine else 1


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--debs", type=Path, metavar="DIR", help="folder with the two packages")
    task.add_argument("--yardsticks", action="store_true", help="print bits per character")
    parser.add_argument("--out", type=Path, default=HERE, metavar="DIR", help="default: data/")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        if options.yardsticks:
            for name, bits in yardsticks((options.out / TEXT).read_bytes()).items():
                print(f"{name:8} {bits:.2f}")
            return 0
        return rebuild(options.debs, options.out, options.check)
    except (OSError, ValueError, EOFError, tarfile.TarError, zlib.error) as error:
        print(f"prepare.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
