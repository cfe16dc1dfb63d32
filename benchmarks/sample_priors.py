"""Two levels of codes, a prior for each, and how many of the samples are garments.

    python benchmarks/sample_priors.py [--quick]

Trains the chapter's VQ-VAE, the two-level VQ-VAE, a gated PixelCNN for the top codes given the
class and one for the bottom codes given the class and the top, on 10,000 images; then samples 20
pictures per class from three priors over the same codes: uniform, each position's frequencies
within the class, PixelCNN. A picture is judged in three ways that can each be fooled:

- "agrees": a classifier that was trained on the images finds the class that was asked for;
- "confidence": the probability that the classifier gives to whatever class it finds;
- "near": its mean squared distance to the nearest training image is no larger than that of 95 % of
  the decoded test images. A copy of a training image would pass.

The classifier decides alone, so it never sees a sample while it trains. On one thread a run gives
the same figures again. About six minutes on one quiet core.
"""

import argparse
import base64
import time
import zlib

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from torchnotes import load_images, results
from torchnotes.autoencoder import Encoder
from torchnotes.losses import bits_per_dim, dequantize, gaussian_nll, mean_squared_error
from torchnotes.pixelcnn import Conditioned, FactorizedPrior, PixelCNN, bits_per_image
from torchnotes.training import evaluate, fit
from torchnotes.vq import VQVAE
from torchnotes.vqvae2 import VQVAE2

K, CLASSES = 64, 10
PER_CLASS = 20
SHOWN = 4  # rows of PixelCNN samples that are kept as pictures
AUTOENCODER = {"epochs": 4, "lr": 4e-3, "batch_size": 64}
TOP = {"epochs": 5, "lr": 5e-3, "batch_size": 100}
BOTTOM = {"epochs": 3, "lr": 5e-3, "batch_size": 100}  # 196 positions: four times the work
CLASSIFIER = {"epochs": 4, "lr": 2e-3, "batch_size": 100}


class Classifier(nn.Module):
    """The chapter's encoder and one linear layer; it holds its data, as ``Conditioned`` does."""

    def __init__(self, images: Tensor, labels: Tensor) -> None:
        super().__init__()
        self.net = nn.Sequential(Encoder(32), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 49, CLASSES))
        self.data = images, labels

    def losses(self, rows: Tensor) -> dict[str, Tensor]:
        images, labels = self.data
        return {"loss": F.cross_entropy(self.net(images[rows]), labels[rows])}


def in_batches(function, *tensors: Tensor, size: int = 250) -> Tensor:
    """Return ``function`` of the rows, computed ``size`` at a time."""
    with torch.no_grad():
        parts = [function(*rows) for rows in zip(*(t.split(size) for t in tensors), strict=True)]
    return torch.cat(parts)


def pack(pictures: Tensor) -> str:
    """Return pictures in [0, 1], (n, 1, 28, 28), as text: 32 grey levels, zlib, base64."""
    levels = (pictures.clamp(0, 1) * 31).round().to(torch.uint8)
    return base64.b64encode(zlib.compress(levels.numpy().tobytes(), 9)).decode()


def distance_to_nearest(pictures: Tensor, images: Tensor) -> Tensor:
    """Return each picture's mean squared distance per pixel to the nearest image: (n,)."""
    flat = images.flatten(1)
    return in_batches(lambda p: torch.cdist(p.flatten(1), flat).min(1)[0] ** 2 / 784, pictures)


def main() -> None:
    started = time.perf_counter()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one short pass; saves nothing")
    quick = parser.parse_args().quick
    torch.set_num_threads(1)
    train, labels = load_images()
    test, test_labels = load_images(split="test")
    if quick:
        train, labels, test, test_labels = train[:500], labels[:500], test[:100], test_labels[:100]
    rows = torch.arange(len(train))
    per_class = 1 if quick else PER_CLASS

    def trained(model, data, settings):
        fit(model, data, **(settings | {"epochs": 1} if quick else settings))
        seconds = time.perf_counter() - started
        print(f"{seconds:4.0f} s: trained {type(model).__name__}", flush=True)
        return model.eval()

    torch.manual_seed(0)
    one = trained(VQVAE(K), train, AUTOENCODER)
    torch.manual_seed(0)
    two = trained(VQVAE2(K), train, AUTOENCODER)
    torch.manual_seed(0)
    plain = trained(VQVAE2(K, top_picture=False), train, AUTOENCODER)
    torch.manual_seed(0)
    classifier = trained(Classifier(train, labels), rows, CLASSIFIER).net

    # --- what each level holds: one of them replaced by its mean vector
    top = in_batches(lambda x: two.encode(x)[0], train)
    bottom = in_batches(lambda x: two.encode(x)[1], train)
    test_top = in_batches(lambda x: two.encode(x)[0], test)
    test_bottom = in_batches(lambda x: two.encode(x)[1], test)

    def levels(model):
        return model.top, model.bottom

    @torch.no_grad()
    def without(model, level, x):
        vectors = [q.decode(c) for q, c in zip(levels(model), model.encode(x), strict=True)]
        vectors[level] = vectors[level].mean((0, 2, 3), keepdim=True).expand_as(vectors[level])
        return model.decode_vectors(*vectors)

    rebuilt = {
        "one level": in_batches(one.reconstruct, test),
        "top picture": in_batches(two.decode_top, test_top),
        "two levels": in_batches(two.reconstruct, test),
        "top averaged": without(two, 0, test),
        "bottom averaged": without(two, 1, test),
    }
    errors = {name: float(mean_squared_error(test, x).mean()) for name, x in rebuilt.items()}
    ablated = {
        "two levels": in_batches(plain.reconstruct, test),
        "top averaged": without(plain, 0, test),
        "bottom averaged": without(plain, 1, test),
    }
    errors_plain = {name: float(mean_squared_error(test, x).mean()) for name, x in ablated.items()}
    print(errors_plain)
    print(errors, flush=True)

    # --- priors over the codes, and what they cost
    def above(codes):  # what the decoder makes of the top codes: the bottom prior's map
        return two.from_top(two.top.decode(codes))

    maps, test_maps = in_batches(above, top), in_batches(above, test_top)
    torch.manual_seed(0)
    prior_top = PixelCNN(K, (7, 7), layers=3, num_classes=CLASSES, dropout=0.1)
    trained(Conditioned(prior_top, top, labels), rows, TOP)
    torch.manual_seed(0)
    prior_bottom = PixelCNN(
        K, (14, 14), layers=3, kernel_size=3, num_classes=CLASSES, map_channels=maps.shape[1]
    )
    trained(Conditioned(prior_bottom, bottom, labels, maps), rows, BOTTOM)
    frequencies = [
        [FactorizedPrior(codes[labels == k], K, smoothing=0.1) for k in range(CLASSES)]
        for codes in (top, bottom)
    ]

    def factorized(level, codes):
        each = [frequencies[level][k].log_prob(codes) for k in range(CLASSES)]
        return torch.stack(each).gather(0, test_labels[None])[0]

    log_probs = {
        "frequencies": [factorized(0, test_top), factorized(1, test_bottom)],
        "PixelCNN": [
            in_batches(prior_top.log_prob, test_top, test_labels),
            in_batches(prior_bottom.log_prob, test_bottom, test_labels, test_maps),
        ],
    }
    bits = {"uniform": [49 * 6, 196 * 6]}
    bits |= {name: [bits_per_image(p) for p in pair] for name, pair in log_probs.items()}
    print(bits, flush=True)
    torch.manual_seed(0)
    nll = evaluate(
        lambda x: {"nll": gaussian_nll(dequantize(x), two.reconstruct(x), two.log_scale)}, test
    )["nll"]
    nats = {name: nll + sum(pair) * 0.6931471805599453 for name, pair in bits.items()}
    bound = {name: bits_per_dim(value, 784) for name, value in nats.items()}

    # --- samples, and their three judges
    asked = torch.arange(CLASSES).repeat(per_class)  # a row of pictures is one of each class
    torch.manual_seed(0)
    with torch.no_grad():
        drawn = {"uniform": two.sample(len(asked))}
        t, b = (
            torch.stack([p.sample(per_class) for p in level], dim=1).flatten(0, 1)
            for level in frequencies
        )
        drawn["frequencies"] = two.decode((t, b))
        t = prior_top.sample(len(asked), asked)
        b = prior_bottom.sample(len(asked), asked, above(t))
        drawn["PixelCNN"] = two.decode((t, b))
    print("sampled", flush=True)

    threshold = float(distance_to_nearest(rebuilt["two levels"], train).quantile(0.95))

    def judge(pictures, wanted):
        p = in_batches(lambda x: classifier(x.clamp(0, 1)).softmax(1), pictures)
        near = distance_to_nearest(pictures, train) <= threshold
        agrees = p.argmax(1) == wanted
        return {
            "agrees": float(agrees.float().mean()),
            "confidence": float(p.max(1)[0].mean()),
            "near": float(near.float().mean()),
        }

    judged = {"test images": judge(test, test_labels)}
    judged["test, decoded"] = judge(rebuilt["two levels"], test_labels)
    judged |= {name: judge(pictures, asked) for name, pictures in drawn.items()}
    for name, verdict in judged.items():
        print(f"{name:14}", {k: round(v, 3) for k, v in verdict.items()})

    first = [int((test_labels == k).nonzero()[0]) for k in test_labels.unique().tolist()]
    shown = list(zip(drawn.values(), (1, 1, SHOWN), strict=True))
    pictures = {
        "levels": pack(torch.cat([test[first], *(x[first] for x in rebuilt.values())])),
        "samples": pack(torch.cat([pictures[: 10 * rows_shown] for pictures, rows_shown in shown])),
    }
    measured = {
        "errors": errors,
        "errors without a top picture": errors_plain,
        "bits": bits,
        "bits per pixel": bound,
        "judged": judged,
        "samples per class": per_class,
        "pictures": pictures,
        "rows": {
            "levels": ["test", *rebuilt],
            "samples": ["uniform", "frequencies", *["PixelCNN"] * SHOWN],
        },
    }
    if not quick:
        print(results.save("sample_priors", measured, device="cpu"))


if __name__ == "__main__":
    main()
