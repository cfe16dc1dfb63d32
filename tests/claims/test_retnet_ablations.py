"""The RetNet note's claims on ablations, and the stored runs that the page reads.

What a part is worth in bits needs training, at the paper's scale for the paper's claim. What can be
asserted: the published table, what each part is for, what the state can hold, and that the stored
runs are a fair comparison. Which rows separate is read off them on the page, and asserted nowhere.
"""

import math

import pytest
import torch
import torch.nn.functional as F

from torchnotes import results
from torchnotes.data import CharVocab, load_text
from torchnotes.retention import (
    paper_log_gamma,
    retention,
    retention_parallel,
    spread_log_gamma,
)
from torchnotes.retnet import HeadNorm, MultiScaleRetention, RetNet

WHOLE = [26.05, 45.27, 21.33, 16.52, 22.48]  # Sun et al. 2023, Table 6
TABLE_6 = {
    "gate": [27.84, 49.44, 22.52, 17.45, 23.72],
    "group norm": [27.54, 46.95, 22.61, 17.59, 23.73],
    "gamma decay": [27.86, 47.85, 21.99, 17.49, 23.70],
    "multi-scale": [27.02, 47.18, 22.08, 17.17, 23.38],
    "head dim": [27.68, 47.72, 23.09, 17.46, 23.41],
}
ROWS = {
    "gate": {"gate": False},
    "group norm": {"group_norm": False},
    "gamma decay": {"gamma_decay": False},
    "multi-scale": {"multi_scale": False},
    "Eq. 8 gamma": {"schedule": paper_log_gamma},
    "head dim": {"num_heads": None, "head_dim": 4},
}


@pytest.fixture(scope="module")
def stored():
    return results.load("train_lm", "cpu")["results"]


def _model(vocab_size, settings, **change):
    d_model, num_layers, num_heads = settings["small"].values()
    options = {"num_heads": num_heads, "schedule": spread_log_gamma} | change
    return RetNet(vocab_size, d_model, num_layers, options.pop("num_heads"), **options)


@pytest.mark.parametrize("name", TABLE_6)
def test_ret_65_the_page_has_the_published_table(name):
    page = (results.REPOSITORY / "book/retnet/ablations.md").read_text(encoding="utf-8")
    row = ", ".join(f"{p:.2f}" for p in TABLE_6[name])
    assert f'"{name}": [{row}]' in page
    assert ", ".join(f"{p:.2f}" for p in WHOLE) in page
    assert all(p > w for p, w in zip(TABLE_6[name], WHOLE, strict=True)), "every part helps there"


def test_ret_65_all_rows_have_equal_parameters_and_the_page_names_what_else_differs(stored):
    vocab_size = len(CharVocab(load_text("austen")))
    models = {name: _model(vocab_size, stored["settings"], **row) for name, row in ROWS.items()}
    whole = _model(vocab_size, stored["settings"])
    count = sum(p.numel() for p in whole.parameters())
    for name, model in models.items():
        assert sum(p.numel() for p in model.parameters()) == count, name
    d_model = stored["settings"]["small"]["d_model"]
    assert models["gate"].blocks[0].feed_forward.w_1.out_features == 3 * d_model
    assert whole.blocks[0].feed_forward.w_1.out_features == 2 * d_model
    heads = [len(m.blocks[0].retention.log_gamma) for m in (whole, models["head dim"])]
    assert heads == [4, 16], "smaller heads are more heads, and more decays"


def test_ret_65_the_stored_runs_are_fair(stored):
    whole = stored["runs"]["sizes"].get(
        "RetNet {d_model}x{num_layers}".format(**stored["settings"]["small"])
    )
    ablations = stored["runs"].get("ablations")
    if not whole or not ablations:
        pytest.skip("the runs of benchmarks/train_lm.py, group ablations, are not there yet")
    assert set(ablations) <= set(ROWS)
    best = {family: float(min(r, key=r.get)) for family, r in stored["rates"].items()}
    for name, runs in ablations.items():
        family = "RetNet, Eq. 8" if name == "Eq. 8 gamma" else "RetNet"
        for seed, run in runs.items():
            assert math.isfinite(run["bits"]) and run["bits"] < stored["yardsticks"]["bigram"]
            assert math.isclose(run["lr"], best[family]), "tuned for the whole model"
            if seed in whole:
                assert run["parameters"] == whole[seed]["parameters"]


def test_ret_65_only_a_gate_lets_a_normalised_layer_be_silent():
    torch.manual_seed(0)
    x = torch.randn(1, 40, 32)
    for gate in (False, True):
        layer = MultiScaleRetention(32, spread_log_gamma(2), gate=gate, eps=0.0)
        with torch.no_grad():
            layer.w_o.weight.copy_(torch.eye(64)[:32])
            full = layer(x)[0].norm()
            layer.w_q.weight.mul_(1e-3)  # a query that hardly asks
            assert torch.allclose(layer(x)[0].norm(), full, rtol=1e-3), "the norm undoes it"
            if gate:
                layer.w_g.weight.mul_(1e-3)
                assert layer(x)[0].norm() < 1e-2 * full


def test_ret_65_the_norm_balances_heads_that_differ_and_has_nothing_to_do_otherwise():
    torch.manual_seed(0)
    q, k, v = torch.randn(3, 4, 4, 1024, 16)

    def loudest(log_gamma, norm):
        y, _ = retention(q, k, v, log_gamma, form="chunkwise")
        power = norm(y)[:, :, 512:].square().mean((0, 2, 3))
        return (power / power.sum()).max().item()

    same = torch.full((4,), math.log(127 / 128))
    assert loudest(spread_log_gamma(4), lambda y: y) > 0.7
    assert loudest(spread_log_gamma(4), HeadNorm()) < 0.26
    assert loudest(same, lambda y: y) < 0.28, "one gamma: balanced without a norm"


def _errors(T, d_k, horizons):
    """Measured and predicted relative errors of reading pair j from the end: (H, T) each."""
    torch.manual_seed(0)
    H = len(horizons)
    log_gamma = torch.tensor([math.log1p(-1 / h) for h in horizons], dtype=torch.float64)
    k = F.normalize(torch.randn(60, 1, T, d_k, dtype=torch.float64), dim=-1).expand(-1, H, -1, -1)
    v = torch.randn(60, 1, T, 32, dtype=torch.float64).expand(-1, H, -1, -1)
    _, S = retention_parallel(k, k, v, log_gamma)
    lag = torch.arange(T - 1, -1, -1)
    weight = torch.exp(log_gamma[:, None] * lag)
    measured = (k @ S / weight[..., None] - v).square().mean((0, 3)).sqrt().flip(1)
    square = weight.square()
    predicted = ((square.sum(1, keepdim=True) / square - 1) / d_k).sqrt().flip(1)
    return measured, predicted


def test_ret_66_what_decay_and_several_decays_are_for():
    measured, predicted = _errors(256, 32, (2, 16, 128, math.inf))
    inside = predicted < 100
    assert (measured[inside] / predicted[inside] - 1).abs().max() < 0.35
    assert (measured[3] - math.sqrt(255 / 32)).abs().max() < 0.6, "gamma 1: all alike, and badly"
    newest = measured[:, 0]
    assert newest[0] < newest[1] < newest[2] < newest[3], "who forgets sooner reads its own better"
    assert measured[0, 6] > measured[1, 6] and measured[1, 60] > measured[2, 60], "and less of it"
    assert 1 / (1 - 127 / 128) == 128


def test_ret_66_the_rows_are_gamma_1_and_127_128():
    settings = {"small": {"d_model": 64, "num_layers": 1, "num_heads": 4}}
    gammas = {
        name: _model(9, settings, **ROWS[name]).blocks[0].retention.log_gamma.double().exp()
        for name in ("gamma decay", "multi-scale", "Eq. 8 gamma")
    }
    assert gammas["gamma decay"].tolist() == [1.0] * 4
    assert (gammas["multi-scale"] - 127 / 128).abs().max() < 1e-6
    assert (1 / (1 - gammas["Eq. 8 gamma"])).round().tolist() == [32, 64, 128, 256]


@pytest.mark.parametrize("d_k", [4, 16])
def test_ret_67_a_state_holds_d_k_pairs_and_training_meets_the_bound(d_k):
    """Associative recall: Q K^T V should be V; Eckart and Young say how near rank d_k comes."""

    def trained(N):
        torch.manual_seed(0)
        Q, K = (F.normalize(torch.randn(N, d_k), dim=-1).requires_grad_() for _ in "QK")
        optimizer = torch.optim.Adam([Q, K], lr=0.03)
        for _ in range(300):
            loss = (Q @ K.T - torch.eye(N)).square().sum() / N
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        return loss.item() ** 0.5

    assert trained(d_k) < 0.01, "as many pairs as the key has dimensions"
    for N in (2 * d_k, 4 * d_k):
        bound = math.sqrt(1 - d_k / N)
        assert bound - 1e-4 < trained(N) < 1.02 * bound


def test_ret_67_a_quarter_of_the_head_is_a_quarter_of_the_state():
    sizes = []
    for head_dim in (16, 4):
        model = RetNet(9, 64, 1, head_dim=head_dim)
        _, state = model(torch.zeros(1, 1, dtype=torch.int64), return_state=True)
        sizes.append(state.layers[0].numel())
        assert sizes[-1] == 64 * 2 * head_dim
    assert sizes[0] == 4 * sizes[1]
    assert 1024 * 2 * 256 == 4 * 1024 * 2 * 64, "the paper's, 256 to 64"
