"""The priors over codes: exact probabilities, what a position may see, and honest samples."""

import itertools
import math

import pytest
import torch
from torch.distributions import Categorical

from torchnotes.pixelcnn import (
    Conditioned,
    FactorizedPrior,
    MaskedConv2d,
    PixelCNN,
    bits_per_image,
    causal_mask,
)
from torchnotes.training import fit


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(0)


def randomised(model):
    """Large random weights, in float64: no derivative vanishes by chance or by rounding."""
    for p in model.parameters():
        torch.nn.init.normal_(p, std=0.5)
    return model.double().eval()


def all_grids(num_codes, height, width):
    grids = itertools.product(range(num_codes), repeat=height * width)
    return torch.tensor(list(grids)).view(-1, height, width)


def earlier(height, width):
    """(H * W, H * W) bool: row p is true at the positions before p, in reading order."""
    return torch.ones(height * width, height * width, dtype=torch.bool).tril(-1)


def seen_by_code_features(model, codes, **given):
    """(H * W, H * W) bool: whether the derivative of p's logits at each position is not 0."""
    kept = {}

    def keep(module, args, output):
        kept["x"] = output.detach().requires_grad_()
        return kept["x"]

    handle = model.embed.register_forward_hook(keep)
    logits = model(codes, **given)  # (1, K, H, W)
    handle.remove()
    weights = torch.randn(logits.shape[1], dtype=logits.dtype)
    rows = []
    for out in weights @ logits[0].flatten(1):
        (g,) = torch.autograd.grad(out, kept["x"], retain_graph=True)  # (1, H, W, channels)
        rows.append(g[0].abs().sum(-1).flatten() > 0)
    return torch.stack(rows)


# --- masks ---------------------------------------------------------------------------------------


def test_masks_are_those_of_the_paper():
    assert causal_mask("A", 3).tolist() == [[1, 1, 1], [1, 0, 0], [0, 0, 0]]
    assert causal_mask("B", 3).tolist() == [[1, 1, 1], [1, 1, 0], [0, 0, 0]]
    assert [int(causal_mask(kind, 5).sum()) for kind in "AB"] == [12, 13]


def test_masked_stack_sees_no_future_and_has_a_blind_spot():
    kinds = "ABBB"
    stack = randomised(torch.nn.Sequential(*(MaskedConv2d(k, 1, 1, 3) for k in kinds)))
    x = torch.randn(1, 1, 7, 7, dtype=torch.float64, requires_grad=True)
    (g,) = torch.autograd.grad(stack(x)[0, 0, 4, 3], x)
    seen = g[0, 0] != 0
    assert not seen.flatten()[4 * 7 + 3 :].any(), "it sees itself or the future"
    # each step up allows one step to the right: (4 - r, 3 + c) with c > r is out of reach
    blind = {(r, c) for r in range(4) for c in range(7) if not seen[r, c] and 4 - r <= 4}
    assert blind == {(r, c) for r in range(4) for c in range(7) if c - 3 > 4 - r}


# --- the gated PixelCNN --------------------------------------------------------------------------


@pytest.mark.parametrize("kernel_size, layers", [(3, 5), (5, 3)])
def test_each_position_sees_exactly_all_earlier_ones(kernel_size, layers):
    model = randomised(PixelCNN(3, (4, 5), channels=4, layers=layers, kernel_size=kernel_size))
    seen = seen_by_code_features(model, torch.randint(3, (1, 4, 5)))
    assert torch.equal(seen, earlier(4, 5))


def test_conditions_open_no_way_around_the_mask():
    model = PixelCNN(3, (4, 5), channels=4, layers=5, kernel_size=3, num_classes=2, map_channels=2)
    given = torch.randn(1, 2, 4, 5, dtype=torch.float64)
    codes = torch.randint(3, (1, 4, 5))
    seen = seen_by_code_features(randomised(model), codes, label=torch.tensor([1]), given=given)
    assert torch.equal(seen, earlier(4, 5))


def test_too_few_layers_see_only_their_reach():
    model = randomised(PixelCNN(3, (6, 1), channels=4, layers=2, kernel_size=3))
    seen = seen_by_code_features(model, torch.randint(3, (1, 6, 1)))
    assert torch.equal(seen, earlier(6, 1) & ~earlier(6, 1).tril(-3))


@pytest.mark.parametrize("conditions", [False, True])
def test_probabilities_of_all_81_grids_sum_to_one(conditions):
    grids, given = all_grids(3, 2, 2), {}
    options = {"channels": 8, "layers": 2, "kernel_size": 3}
    if conditions:
        options |= {"num_classes": 4, "map_channels": 3}
        given = {
            "label": torch.full((81,), 2),
            "given": torch.randn(3, 2, 2, dtype=torch.float64).expand(81, -1, -1, -1),
        }
    model = randomised(PixelCNN(3, (2, 2), **options))
    log_p = model.log_prob(grids, **given)
    assert log_p.shape == (81,)
    torch.testing.assert_close(log_p.exp().sum(), torch.tensor(1.0, dtype=torch.float64))
    assert log_p.std() > 0.1, "a uniform law would pass whatever the masks do"


def test_log_prob_is_the_chain_rule_written_out():
    model = randomised(PixelCNN(4, (3, 3), channels=6, layers=3, kernel_size=3))
    codes = torch.randint(4, (5, 3, 3))
    total = torch.zeros(5, dtype=torch.float64)
    for p in range(9):
        i, j = divmod(p, 3)
        hidden = codes.clone().flatten(1)
        hidden[:, p:] = torch.randint(4, (5, 9 - p))  # the rest must not matter
        p_here = Categorical(logits=model(hidden.view(5, 3, 3))[:, :, i, j])
        total += p_here.log_prob(codes[:, i, j])
    torch.testing.assert_close(model.log_prob(codes), total)


def test_first_rows_alone_give_the_same_logits():
    model = randomised(PixelCNN(3, (5, 4), channels=4, num_classes=2, map_channels=1))
    codes, label = torch.randint(3, (2, 5, 4)), torch.tensor([0, 1])
    given = torch.randn(2, 1, 5, 4, dtype=torch.float64)
    whole = model(codes, label, given)
    torch.testing.assert_close(model(codes[:, :3], label, given), whole[:, :, :3])


def chi_square(samples, log_p, grids, num_codes):
    """(chi^2 - df) / sqrt(2 df), a standard normal for many cells."""
    powers = num_codes ** torch.arange(grids[0].numel())
    index = (samples.flatten(1) * powers).sum(1)
    order = (grids.flatten(1) * powers).sum(1)
    observed = torch.bincount(index, minlength=len(grids))[order].double()
    expected = log_p.double().exp() * len(samples)
    assert expected.min() > 5
    chi2 = ((observed - expected) ** 2 / expected).sum()
    df = len(grids) - 1
    return float((chi2 - df) / math.sqrt(2 * df))


@torch.no_grad()
def test_samples_have_the_frequencies_that_log_prob_says():
    model = PixelCNN(3, (2, 2), channels=8, layers=2, kernel_size=3, num_classes=2).eval()
    for p in model.parameters():
        torch.nn.init.normal_(p, std=0.35)
    grids = all_grids(3, 2, 2)
    laws = [model.log_prob(grids, label=torch.full((81,), k)) for k in (0, 1)]
    samples = model.sample(20_000, label=torch.ones(20_000, dtype=torch.int64))
    assert abs(chi_square(samples, laws[1], grids, 3)) < 4  # sigma
    assert chi_square(samples, laws[0], grids, 3) > 10, "another law must be noticed"


def test_a_label_and_a_map_change_the_law():
    model = randomised(PixelCNN(3, (2, 2), channels=4, num_classes=2, map_channels=1))
    codes, given = torch.randint(3, (6, 2, 2)), torch.randn(6, 1, 2, 2, dtype=torch.float64)
    zero, one = torch.zeros(6, dtype=torch.int64), torch.ones(6, dtype=torch.int64)
    base = model.log_prob(codes, zero, given)
    assert not torch.allclose(base, model.log_prob(codes, one, given))
    assert not torch.allclose(base, model.log_prob(codes, zero, -given))


def test_missing_or_unexpected_conditions_raise():
    plain, codes = PixelCNN(3, (2, 2), channels=4), torch.zeros(1, 2, 2, dtype=torch.int64)
    labelled = PixelCNN(3, (2, 2), channels=4, num_classes=2)
    with pytest.raises(ValueError, match="exactly"):
        plain(codes, label=torch.tensor([0]))
    with pytest.raises(ValueError, match="exactly"):
        labelled(codes)
    with pytest.raises(ValueError, match="exactly"):
        plain(codes, given=torch.zeros(1, 1, 2, 2))


def test_training_finds_a_dependence_that_frequencies_cannot():
    """The second row repeats the first: 2 bits of truth, 4 bits of independent positions."""
    row = torch.randint(2, (2000, 1, 2))
    codes = row.expand(-1, 2, -1).contiguous()
    prior = PixelCNN(2, (2, 2), channels=8, layers=2, kernel_size=3)
    fit(prior, codes, epochs=6, lr=1e-2, batch_size=100)
    learned = bits_per_image(prior.log_prob(codes).detach())
    independent = bits_per_image(FactorizedPrior(codes, 2).log_prob(codes))
    assert learned == pytest.approx(2.0, abs=0.05)
    assert independent == pytest.approx(4.0, abs=0.01)


def test_conditioned_picks_codes_and_conditions_of_the_same_rows():
    prior = randomised(PixelCNN(3, (2, 2), channels=4, num_classes=5, map_channels=1))
    codes, labels = torch.randint(3, (10, 2, 2)), torch.randint(5, (10,))
    maps = torch.randn(10, 1, 2, 2, dtype=torch.float64)
    rows = torch.tensor([7, 2, 2])
    expected = prior.log_prob(codes, labels, maps)[rows]
    training = Conditioned(prior, codes, labels, maps)
    torch.testing.assert_close(training.log_prob(rows), expected)
    torch.testing.assert_close(training.losses(rows)["loss"], -expected.mean())
    assert {id(p) for p in training.parameters()} == {id(p) for p in prior.parameters()}


# --- independent positions -----------------------------------------------------------------------


def test_factorized_prior_against_categorical_and_as_a_law():
    codes = torch.randint(3, (50, 2, 2)) * torch.tensor([[1, 0], [1, 1]])  # one position is fixed
    prior = FactorizedPrior(codes, 3, smoothing=0.5)
    grids = all_grids(3, 2, 2)
    torch.testing.assert_close(prior.log_prob(grids).exp().sum(), torch.tensor(1.0))
    expected = torch.zeros(81)
    for i, j in itertools.product(range(2), repeat=2):
        p = (torch.bincount(codes[:, i, j], minlength=3) + 0.5) / 51.5
        expected += Categorical(probs=p).log_prob(grids[:, i, j])
    torch.testing.assert_close(prior.log_prob(grids), expected)
    drawn = prior.sample(20_000)
    assert drawn.shape == (20_000, 2, 2)
    p = prior.log_p.exp().view(2, 2, 3)
    for i, j in itertools.product(range(2), repeat=2):
        share = torch.bincount(drawn[:, i, j], minlength=3) / 20_000
        sigma = (p[i, j] * (1 - p[i, j]) / 20_000).sqrt()
        assert ((share - p[i, j]).abs() < 4.5 * sigma).all()


def test_bits_of_a_uniform_law():
    assert bits_per_image(torch.full((7,), -49 * math.log(64))) == pytest.approx(294)
