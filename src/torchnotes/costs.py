"""What a computation costs: counted, measured, and set beside the least that it could cost.

A measurement alone says little: the machine, the kernel and the code all show in it. Beside its
floor, the time that counted flops or bytes need at rates measured on the same machine, it says
how much of it the arithmetic explains (the roofline of Williams et al. 2009).
"""

import math
import statistics
import time
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

# --- counting -------------------------------------------------------------------------


def cache_numbers(d_model: int, num_layers: int, kv_share: float = 1.0) -> float:
    """Return how many numbers a position adds to the cache: 2 L d_model, keys and values.

    Args:
        kv_share: H_kv / H of grouped queries (Ainslie et al. 2023).
    """
    return 2 * num_layers * d_model * kv_share


def state_numbers(d_model: int, num_layers: int, head_dim: int) -> int:
    """Return how many numbers RetNet keeps of a sequence of any length.

    L layers of d_model / d_k heads with a state of d_k by 2 d_k each: 2 L d_model d_k.
    """
    return 2 * num_layers * d_model * head_dim


def chunkwise_flops(length: int, d_model: int, d_k: int, d_v: int, chunk_size: int) -> int:
    """Return the flops of chunkwise retention's products, forward (Sun et al. 2023, Eq. 7).

    Per position and head, 2 C (d_k + d_v) within the chunk and 4 d_k d_v to read and
    write the state; with d_v = d_k that is 4 T d_model (C + d_k) altogether.

    Args:
        d_model: H d_k.
        chunk_size: C, a divisor of the length; C = length is the parallel form.
    """
    return length * (d_model // d_k) * (2 * chunk_size * (d_k + d_v) + 4 * d_k * d_v)


def attention_flops(length: int, d_model: int) -> int:
    """Return the flops of causal attention's two products, forward: 2 T^2 d_model.

    A kernel that skips what the mask hides needs half of a full product's.
    """
    return 2 * length**2 * d_model


# --- measuring ------------------------------------------------------------------------


def take_turns(
    ways: dict[str, Callable[[], object]],
    rounds: int,
    *,
    warmup: int = 1,
    lead: int = 0,
    wait: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """Time ways of doing one thing and return the seconds of each call, by way.

    The ways take turns, and every round starts with another one: what disturbs the
    machine for a while disturbs them all.

    Args:
        ways: name to callable.
        rounds: calls of each way that are timed.
        warmup: calls of each way before all of them, which are not.
        lead: calls before each timed one, so that it finds its own data in the caches.
        wait: returns when the device has finished: ``torch.cuda.synchronize``.
        clock: the time in seconds.
    """
    names = list(ways)
    for name in names:
        for _ in range(warmup):
            ways[name]()
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for k in range(rounds):
        first = k % len(names)
        for name in names[first:] + names[:first]:
            for _ in range(lead):
                ways[name]()
            wait()
            start = clock()
            ways[name]()
            wait()
            seconds[name].append(clock() - start)
    return seconds


def spread(seconds: Sequence[float]) -> tuple[float, list[float]]:
    """Return the median and the two quartiles, in milliseconds.

    Two values or more: what disturbs a measurement makes it longer, and a mean with it.
    """
    low, median, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return 1e3 * median, [1e3 * low, 1e3 * high]


def matmul_rate(device: torch.device | str, dtype: torch.dtype = torch.float32) -> float:
    """Return the flops per second of large square matrix products, the best of several."""
    device = torch.device(device)
    n, rounds = (8192, 20) if device.type == "cuda" else (1024, 12)
    a, b = torch.randn(2, n, n, device=device, dtype=dtype)
    out = torch.empty_like(a)
    way = {"": lambda: torch.mm(a, b, out=out)}
    seconds = take_turns(way, rounds, warmup=3, wait=waiting(device))[""]
    return 2 * n**3 / min(seconds)


def bandwidth(device: torch.device | str, nbytes: int, rounds: int = 20) -> float:
    """Return the bytes per second at which so many are read, the best of several.

    The faster of two readers: a sum, and a product of a matrix with a vector, which is
    what decoding does. A buffer as large as the weights sits where they would, in
    memory or in a cache that holds them. On a GPU 4 GiB are the most: far beyond its caches,
    and few enough numbers for a kernel that counts them in 32 bits.
    """
    device = torch.device(device)
    if device.type == "cuda":
        nbytes = min(nbytes, 4 << 30)
    rows = max(1, nbytes // 4 // 4096)
    matrix, vector = torch.ones(rows, 4096, device=device), torch.ones(4096, device=device)
    ways = {"sum": lambda: matrix.sum(), "product": lambda: matrix @ vector}
    seconds = take_turns(ways, rounds, warmup=3, wait=waiting(device))
    return matrix.nbytes / min(map(min, seconds.values()))


def waiting(device: torch.device) -> Callable[[], object]:
    """Return what waits until the device has finished: nothing, on the CPU."""
    return torch.cuda.synchronize if device.type == "cuda" else lambda: None


def saved_bytes(compute: Callable[[], object]) -> int:
    """Return the bytes of all tensors that a forward pass keeps for backward.

    Each piece of memory counts once, however many views of it are kept.
    """
    sizes: dict[int, int] = {}
    kept = []  # alive until the end: memory that is freed could be counted twice

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        sizes[storage.data_ptr()] = storage.nbytes()
        kept.append(tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        compute()
    return sum(sizes.values())


# --- reading what was measured --------------------------------------------------------


def growth_exponent(lengths: Sequence[float], values: Sequence[float]) -> float:
    """Return p of the least-squares fit value = c length^p: a line on two log axes."""
    return statistics.linear_regression(
        [math.log(x) for x in lengths], [math.log(y) for y in values]
    ).slope


def crossover(
    lengths: Sequence[float], ours: Sequence[float], theirs: Sequence[float]
) -> float | None:
    """Return the length from which ``ours`` stays below ``theirs``, or None if it does not.

    Between two lengths the ratio is taken to be a power of the length. The first
    length, where ``ours`` is below from the start.
    """
    ratios = [math.log(a / b) for a, b in zip(ours, theirs, strict=True)]
    if ratios[-1] >= 0:
        return None
    last = max((i for i, ratio in enumerate(ratios) if ratio >= 0), default=-1)
    if last < 0:
        return float(lengths[0])
    x, y = math.log(lengths[last]), math.log(lengths[last + 1])
    share = ratios[last] / (ratios[last] - ratios[last + 1])
    return math.exp(x + share * (y - x))
