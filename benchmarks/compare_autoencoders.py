"""Five autoencoders on Fashion-MNIST: one backbone, one training loop, several seeds.

    python benchmarks/compare_autoencoders.py [--quick] [--fresh]

Trains the autoencoder, the VAE, the VQ-VAE, the VQ-VAE of two levels and the dVAE on 10,000 images
and measures them on 2,000 others; the two models that have a beta run with two values of it. A seed
fixes the first weights, the order of the images and every draw. On one thread a run gives the same
figures again, bit by bit (but for the seconds). The results are written after every run, and a run
that is already there is not repeated, unless ``--fresh``. About eight minutes of one core.
"""

import argparse
import base64
import math
import time
import zlib
from collections.abc import Callable

import torch
from torch import Tensor, nn

from torchnotes import load_images, results
from torchnotes.autoencoder import AutoEncoder
from torchnotes.dvae import DVAE, anneal
from torchnotes.gumbel import gumbel_max
from torchnotes.losses import (
    bits_per_dim,
    code_counts,
    dequantize,
    gaussian_kl,
    gaussian_nll,
    mean_squared_error,
    perplexity,
    uniform_kl,
)
from torchnotes.training import evaluate, fit
from torchnotes.vae import VAE, reparameterize
from torchnotes.vq import VQVAE
from torchnotes.vqvae2 import VQVAE2

NAME = "compare_autoencoders"
SEEDS = (0, 1, 2)
SETTINGS = {
    "epochs": 4,  # eight minutes in all
    "lr": 4e-3,  # high, because the epochs are few
    "batch_size": 64,  # small: more steps for nearly the same time
    "num_codes": 64,
    "width": 32,
    "channels": 4,  # numbers per position, AE and VAE
}
PICTURES = 8  # reconstructions and samples kept, of the first seed

K, WIDTH, CHANNELS = (SETTINGS[name] for name in ("num_codes", "width", "channels"))

# how to make the model, and what sets its schedules
MODELS: dict[str, tuple[Callable[[], nn.Module], Callable | None]] = {
    "AE": (lambda: AutoEncoder(CHANNELS, WIDTH), None),
    "VAE": (lambda: VAE(CHANNELS, WIDTH), None),
    "VAE, beta 0.5": (lambda: VAE(CHANNELS, WIDTH, beta=0.5), None),
    "VQ-VAE": (lambda: VQVAE(K, width=WIDTH), None),
    "VQ-VAE-2": (lambda: VQVAE2(K, width=WIDTH), None),
    "dVAE": (lambda: DVAE(K, WIDTH), anneal()),
    "dVAE, beta 0.3": (lambda: DVAE(K, WIDTH), anneal(beta=0.3)),
}


def code_maps(model: nn.Module, x: Tensor) -> tuple[Tensor, ...]:
    """Return the codes of each level, (B, H, W) int64 each: one level, or two, or none."""
    if isinstance(model, AutoEncoder | VAE):
        return ()
    codes = model.encode(x)
    return codes if isinstance(codes, tuple) else (codes,)


def grid_nats(counts: Tensor, codes: Tensor) -> Tensor:
    """Return -ln p(codes) with each position's own frequencies as the prior: (B,).

    Args:
        counts: of the training images, one added to each, (H, W, K).
        codes: (B, H, W).
    """
    log_p = (counts / counts.sum(-1, keepdim=True)).log()
    return -log_p.expand(len(codes), *log_p.shape).gather(-1, codes[..., None]).flatten(1).sum(1)


def kl(model: nn.Module, x: Tensor) -> Tensor:
    """Return the KL from the posterior to the model's own prior, (B,) nats."""
    if isinstance(model, VAE):
        return gaussian_kl(*model.posterior(x))
    if isinstance(model, DVAE):
        return uniform_kl(model.logits(x))
    positions = sum(codes[0].numel() for codes in code_maps(model, x))
    return torch.full((len(x),), positions * math.log(K))


def sampled(model: nn.Module, x: Tensor) -> Tensor:
    """Return the picture of one draw from the posterior, which is what the KL pays for."""
    if isinstance(model, VAE):
        return model.decode(reparameterize(*model.posterior(x)))
    if isinstance(model, DVAE):
        return model.decode(gumbel_max(model.logits(x)))
    return model.reconstruct(x)


@torch.no_grad()
def measure(model: nn.Module, train: Tensor, test: Tensor) -> dict[str, object]:
    """Return what the table shows: means over the test images; code usage over an epoch."""
    if isinstance(model, AutoEncoder):
        found = evaluate(lambda x: {"mse": mean_squared_error(x, model(x))}, test)
        return found | {"rounded": rounded(model, train, test)}
    found = evaluate(
        lambda x: {
            "mse": mean_squared_error(x, model.reconstruct(x)),
            "mse_sampled": mean_squared_error(x, sampled(model, x)),
            "rate": kl(model, x) / math.log(2),  # bits per image
            "bits_per_dim": bits_per_dim(model.bound(dequantize(x)), 784),
        },
        test,
    )
    found["log_scale"] = model.log_scale.item()
    levels = range(len(code_maps(model, test[:1])))
    if not levels:
        return found
    epoch = [code_maps(model, x) for x in train.split(500)]
    maps = [torch.cat([codes[level] for codes in epoch]) for level in levels]
    counts = [code_counts(m, K) for m in maps]
    found["perplexity"] = [perplexity(c).item() for c in counts]
    found["used"] = [int((c > 0).sum()) for c in counts]
    by_position = [nn.functional.one_hot(m, K).sum(0) + 1.0 for m in maps]  # (H, W, K)

    def fitted(x: Tensor) -> dict[str, Tensor]:
        pairs = zip(by_position, code_maps(model, x), strict=True)
        nats = sum(grid_nats(c, codes) for c, codes in pairs)
        noisy = dequantize(x)  # its codes may differ from those of x, so both are counted again
        pairs = zip(by_position, code_maps(model, noisy), strict=True)
        bound = sum(grid_nats(c, codes) for c, codes in pairs)
        bound = bound + gaussian_nll(noisy, model.reconstruct(noisy), model.log_scale)
        return {
            "rate_fitted": nats / math.log(2),
            "bits_per_dim_fitted": bits_per_dim(bound, 784),
        }

    return found | evaluate(fitted, test)


def rounded(model: AutoEncoder, train: Tensor, test: Tensor) -> list[tuple[float, float]]:
    """Return (bits per image, mean squared error) with the AE's numbers rounded to L values.

    The L values of each channel are evenly spaced over the middle 99 % of the training images'.
    """
    z = torch.cat([model.encoder(x) for x in train.split(500)]).movedim(1, 0).flatten(1)
    ends = torch.tensor([0.005, 0.995])
    low, high = torch.stack([c[:100_000].quantile(ends) for c in z], 1).view(2, 1, CHANNELS, 1, 1)
    points = []
    for values in (2, 3, 4, 6, 8, 16, 32, 256):

        def coarse(x: Tensor, steps: int = values - 1) -> dict[str, Tensor]:
            share = ((model.encoder(x) - low) / (high - low)).clamp(0, 1)
            z = low + (share * steps).round() / steps * (high - low)
            return {"mse": mean_squared_error(x, model.decoder(z))}

        points.append((49 * CHANNELS * math.log2(values), evaluate(coarse, test)["mse"]))
    return points


def pack(images: Tensor) -> str:
    """Return pictures (N, 1, 28, 28) as text: 8 bits a pixel, compressed."""
    grey = (images.clamp(0, 1) * 255).round().to(torch.uint8)
    return base64.b64encode(zlib.compress(grey.numpy().tobytes(), 9)).decode()


def run(name: str, seed: int, epochs: int, train: Tensor, test: Tensor) -> dict[str, object]:
    """Train and measure one model."""
    make, schedule = MODELS[name]
    torch.manual_seed(seed)
    model = make()
    options = {key: SETTINGS[key] for key in ("lr", "batch_size")}
    start = time.process_time()  # of this process alone: others disturb it less than a clock
    fit(model, train, epochs=epochs, seed=seed, before_step=schedule, **options)
    seconds = time.process_time() - start
    model.eval()
    torch.manual_seed(seed)
    row = {
        "model": name,
        "seed": seed,
        "parameters": sum(p.numel() for p in model.parameters()),
        "seconds": seconds,
        **measure(model, train, test),
    }
    if seed == SEEDS[0]:
        with torch.no_grad():
            plain = isinstance(model, AutoEncoder)
            x = test[:PICTURES]
            row["reconstructions"] = pack(model(x) if plain else model.reconstruct(x))
            if not plain:
                row["samples"] = pack(model.sample(PICTURES))
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one seed, one epoch; saves nothing")
    parser.add_argument("--fresh", action="store_true", help="run all again: a model has changed")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    train, test = load_images(split="train")[0], load_images(split="test")[0]

    settings = SETTINGS | {"train_images": len(train), "test_images": len(test)}
    rows: list[dict] = []
    if not (arguments.quick or arguments.fresh) and "cpu" in results.stored(NAME):
        there = results.load(NAME, "cpu")["results"]
        if there["settings"] == settings:  # of other settings: begin again
            rows = there["runs"]
    done = {(row["model"], row["seed"]) for row in rows}
    for seed in SEEDS[:1] if arguments.quick else SEEDS:
        for name in MODELS:
            if (name, seed) in done:
                continue
            row = run(name, seed, 1 if arguments.quick else SETTINGS["epochs"], train, test)
            rows.append(row)
            rate, bits = (row.get(key, math.nan) for key in ("rate", "bits_per_dim"))
            print(
                f"seed {seed}  {name:15} mse {row['mse']:.5f}  rate {rate:6.1f} bits"
                f"  {bits:.3f} bits per pixel  {row['seconds']:.0f} s",
                flush=True,
            )
            if not arguments.quick:
                rows.sort(key=lambda row: (row["seed"], list(MODELS).index(row["model"])))
                results.save(NAME, {"settings": settings, "runs": rows}, "cpu")


if __name__ == "__main__":
    main()
