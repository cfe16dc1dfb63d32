"""The language models' benchmark and what `text.train_lm` promises it: checkpoints and shards."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from torchnotes import results
from torchnotes import text as module
from torchnotes.text import batches, train_lm
from torchnotes.transformer import Transformer

SCRIPT = results.REPOSITORY / "benchmarks" / "train_lm.py"
SETTINGS = {"batch_size": 4, "length": 12, "lr": 3e-3, "warmup": 3}
DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
on_each_device = pytest.mark.parametrize("device", DEVICES)


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("train_lm_benchmark", SCRIPT)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def tokens():
    return torch.randint(7, (400,), generator=torch.Generator().manual_seed(1))


class Drops(nn.Module):
    """A model that draws in training, so that a resumed run must also resume the draws."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Transformer(7, 8, 1, 2)
        self.dropout = nn.Dropout(0.2)

    def forward(self, tokens):
        return self.dropout(self.model(tokens))


def drops(device):
    torch.manual_seed(0)
    return Drops().to(device)


class Interrupted(Exception):
    pass


def interrupt(at):
    def after_step(model, step, loss):
        if step == at:
            raise Interrupted

    return after_step


def checkpointed(path, device="cpu", **changes):
    settings = {"steps": 9, "checkpoint_every": 3, **SETTINGS, **changes}
    model = drops(device)
    return model, train_lm(model, tokens().to(device), checkpoint=path, **settings)


# --- checkpoints ---------------------------------------------------------------------------------


@on_each_device
@pytest.mark.parametrize("at", [3, 5, 8])
def test_an_interrupted_training_ends_as_if_it_had_not_been(tmp_path, at, device):
    model = drops(device)
    history = train_lm(model, tokens().to(device), steps=9, **SETTINGS)
    path = tmp_path / "run.pt"
    with pytest.raises(Interrupted):
        checkpointed(path, device, after_step=interrupt(at))
    saved = torch.load(path, weights_only=True)
    assert saved["step"] == at // 3 * 3

    steps = []
    resumed, its_history = checkpointed(path, device, after_step=lambda m, s, x: steps.append(s))
    assert steps == list(range(saved["step"] + 1, 10)), "what was done is not done again"
    for a, b in zip(model.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    assert its_history.keys() == history.keys()
    for name, values in history.items():
        assert values.shape == (9,)
        assert torch.equal(values, its_history[name]), name


def test_a_finished_training_takes_no_step_and_gives_its_history(tmp_path):
    path = tmp_path / "run.pt"
    model, history = checkpointed(path)
    again, its_history = checkpointed(path, after_step=interrupt(1))
    for a, b in zip(model.parameters(), again.parameters(), strict=True):
        assert torch.equal(a, b)
    assert all(torch.equal(history[name], its_history[name]) for name in history)


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": 10},
        {"batch_size": 2},
        {"length": 8},
        {"lr": 1e-3},
        {"warmup": 1},
        {"weight_decay": 0.0},
        {"betas": (0.9, 0.999)},
        {"clip": 2.0},
        {"seed": 1},
    ],
)
def test_a_checkpoint_of_other_settings_is_refused(tmp_path, changes):
    path = tmp_path / "run.pt"
    checkpointed(path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="other settings"):
        checkpointed(path, **changes)
    assert path.read_bytes() == before


def test_a_write_that_fails_leaves_the_old_checkpoint_and_no_rest(tmp_path, monkeypatch):
    path = tmp_path / "run.pt"
    module._save_whole({"step": 3}, path)

    def half(state, file):
        Path(file).write_bytes(b"half a checkpoint")
        raise OSError("no space left on device")

    monkeypatch.setattr(torch, "save", half)
    with pytest.raises(OSError, match="no space"):
        module._save_whole({"step": 6}, path)
    assert torch.load(path, weights_only=True) == {"step": 3}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_whoever_is_killed_while_writing_still_has_the_old_checkpoint(tmp_path):
    path = tmp_path / "run.pt"
    module._save_whole({"step": 3}, path)
    child = os.fork()
    if child == 0:

        def killed(state, file):
            Path(file).write_bytes(b"half a checkpoint")
            os._exit(9)  # as SIGKILL: no `finally` runs

        torch.save = killed
        module._save_whole({"step": 6}, path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert torch.load(path, weights_only=True) == {"step": 3}


# --- shards --------------------------------------------------------------------------------------

SHARES = """
import sys
import torch
from torch import nn
from torchnotes.text import train_lm
from torchnotes.transformer import Transformer

torch.set_num_threads(1)
rank, folder, checkpoint = int(sys.argv[1]), sys.argv[2], sys.argv[3] or None
torch.distributed.init_process_group(
    "gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=2
)
torch.manual_seed(rank)  # DDP gives everybody the weights of process 0
model = Transformer(7, 8, 1, 2)
seen = []
model.register_forward_pre_hook(lambda model, inputs: seen.append(inputs[0].clone()))
tokens = torch.randint(7, (400,), generator=torch.Generator().manual_seed(1))
history = train_lm(
    nn.parallel.DistributedDataParallel(model), tokens, steps=6, batch_size=4, length=12,
    lr=3e-3, warmup=3, shard=(rank, 2), checkpoint=checkpoint, checkpoint_every=3,
)
found = {"model": model.state_dict(), "history": history, "seen": torch.stack(seen)}
torch.save(found, f"{folder}/{rank}.pt")
torch.distributed.destroy_process_group()
"""


def in_two_processes(folder, checkpoint=""):
    """Train as two gloo processes; return what each has at the end."""
    environment = {**os.environ, "TORCHNOTES_DEVICE": "cpu", "OMP_NUM_THREADS": "1"}
    if sys.platform == "linux":
        environment["GLOO_SOCKET_IFNAME"] = "lo"  # nobody asks a name server who we are
    environment["PYTHONPATH"] = str(results.REPOSITORY / "src")
    (folder / "meeting").unlink(missing_ok=True)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SHARES, str(rank), str(folder), str(checkpoint)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for rank in range(2)
    ]
    try:
        said = [p.communicate(timeout=300)[0] for p in processes]
    finally:
        for p in processes:
            p.kill()
    assert [p.returncode for p in processes] == [0, 0], "\n".join(said)
    return [torch.load(folder / f"{rank}.pt", weights_only=True) for rank in range(2)]


@pytest.mark.skipif(
    not torch.distributed.is_available() or not torch.distributed.is_gloo_available(),
    reason="this torch has no gloo",
)
def test_two_processes_take_the_steps_of_one(tmp_path):
    torch.manual_seed(0)
    model = Transformer(7, 8, 1, 2)
    start = [p.detach().clone() for p in model.parameters()]
    history = train_lm(model, tokens(), steps=6, **SETTINGS)
    checkpoint = tmp_path / "run.pt"
    first, second = in_two_processes(tmp_path, checkpoint)
    for name, p in model.named_parameters():
        torch.testing.assert_close(first["model"][name], p.detach(), rtol=0, atol=1e-6)
        assert torch.equal(first["model"][name], second["model"][name]), name
    for name, values in history.items():
        torch.testing.assert_close(first["history"][name], values, rtol=1e-5, atol=1e-6)
        assert torch.equal(first["history"][name], second["history"][name]), name
    # each took its rows of the batches, which together are those of one process
    windows = batches(tokens(), 4, 12, torch.Generator().manual_seed(0))
    whole = torch.stack([next(windows)[0] for _ in range(6)])  # (6, 4, 12)
    assert torch.equal(first["seen"], whole[:, 0::2])
    assert torch.equal(second["seen"], whole[:, 1::2])
    moved = [(p - q).abs().max().item() for p, q in zip(model.parameters(), start, strict=True)]
    assert min(moved) > 1e-3, "the comparison must be able to fail"

    # the checkpoint of two processes, with the model's own names, is one for one process
    saved = torch.load(checkpoint, weights_only=True)
    assert saved["step"] == 6 and saved["model"].keys() == model.state_dict().keys()
    alone = Transformer(7, 8, 1, 2)
    train_lm(alone, tokens(), steps=6, checkpoint=checkpoint, **SETTINGS)
    for a, b in zip(alone.state_dict().values(), first["model"].values(), strict=True):
        assert torch.equal(a, b)


def test_a_batch_that_does_not_split_is_refused():
    with pytest.raises(ValueError, match="4 windows do not split over 3"):
        train_lm(drops("cpu"), tokens(), steps=1, shard=(0, 3), **SETTINGS)


# --- the script ----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch, script):
    """The script with folders of its own and a short text."""
    monkeypatch.setattr(results, "REPOSITORY", tmp_path)
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(script, "CHECKPOINTS", tmp_path / "checkpoints")
    text = script.load_text("austen")
    monkeypatch.setattr(script, "load_text", lambda name: text[:12_000])
    monkeypatch.setenv("TORCHNOTES_DEVICE", "cpu")
    for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(script, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), *arguments])
    script.main()


def test_quick_runs_every_group_and_saves_nothing(script, folder, monkeypatch, capsys):
    run(script, monkeypatch, "--quick")
    lines = [line for line in capsys.readouterr().out.splitlines() if "bits per character" in line]
    settings = script.PRESETS["quick"]
    relatives = {"linear attention", "RWKV", "H3", "Hyena", "RetNet, shifted"}
    expected = (
        2 * len(settings["sizes"]) + len(script.ABLATIONS | {"head dim": ...}) + len(relatives)
    )
    assert len(lines) == expected * len(settings["seeds"])
    assert list(folder.rglob("*.json")) == []
    assert list(folder.rglob("*.pt")) == []


@pytest.fixture
def tiny(script, folder, monkeypatch):
    """The preset cpu, as small as quick, so that results are kept."""
    small = {**script.PRESETS["quick"], "sizes": script.PRESETS["quick"]["sizes"][:1]}
    monkeypatch.setitem(script.PRESETS, "cpu", small)
    return small


def test_what_is_there_is_kept_and_not_done_again(script, tiny, monkeypatch, capsys):
    run(script, monkeypatch, "--groups", "sizes")
    first = results.load("train_lm", "cpu")["results"]
    assert {n: list(s) for n, s in first["runs"]["sizes"].items()} == {
        "RetNet 16x1": ["0"],
        "Transformer 16x1": ["0"],
    }
    one = first["runs"]["sizes"]["RetNet 16x1"]["0"]
    assert set(one) >= {"bits", "parameters", "lr", "loss", "grad_norm", "by_position", "sample"}
    assert len(one["sample"]) == 300 and list(one["by_position"])[:3] == ["0", "1", "2"]
    two = first["runs"]["sizes"]["Transformer 16x1"]["0"]
    assert one["parameters"] == two["parameters"], "equal sizes, or no comparison"
    assert set(first["yardsticks"]) == {"unigram", "bigram", "xz", "bz2"}
    for family in ("RetNet", "Transformer"):
        rates = first["rates"][family]
        assert set(rates) == {str(lr) for lr in tiny["rates"]}
    assert one["lr"] == float(min(first["rates"]["RetNet"], key=first["rates"]["RetNet"].get))
    assert tiny["sizes"][0].d_model == tiny["small"].d_model, "where it was tuned"

    trainings = []
    fit = script.Trainer.fit
    monkeypatch.setattr(
        script.Trainer, "fit", lambda self, *a: trainings.append(a[-1]) or fit(self, *a)
    )
    run(script, monkeypatch, "--groups", "sizes")
    assert trainings == []
    assert results.load("train_lm", "cpu")["results"] == first

    run(script, monkeypatch, "--groups", "ablations")
    both = results.load("train_lm", "cpu")["results"]
    assert both["runs"]["sizes"] == first["runs"]["sizes"]
    assert set(both["runs"]["ablations"]) == {*script.ABLATIONS, "head dim"}
    assert set(both["rates"]) == {"RetNet", "Transformer", "RetNet, Eq. 8"}
    assert both["rates"].items() >= first["rates"].items(), "what is tuned stays"
    assert "RetNet rate" not in trainings and "RetNet, Eq. 8 rate" in trainings

    run(script, monkeypatch, "--groups", "sizes", "--fresh")
    fresh = results.load("train_lm", "cpu")["results"]
    again = fresh["runs"]["sizes"]["RetNet 16x1"]["0"]
    assert {**again, "seconds": 0} == {**one, "seconds": 0}, "the same seed, the same run"
    assert "ablations" not in fresh["runs"]


def test_seeds_may_be_trained_one_by_one(script, tiny, monkeypatch, capsys):
    monkeypatch.setitem(script.PRESETS, "cpu", {**tiny, "seeds": [0, 1]})
    run(script, monkeypatch, "--groups", "sizes", "--seeds", "1")
    first = results.load("train_lm", "cpu")["results"]
    assert [list(seeds) for seeds in first["runs"]["sizes"].values()] == [["1"]] * 2
    run(script, monkeypatch, "--groups", "sizes", "--seeds", "0")
    both = results.load("train_lm", "cpu")["results"]
    assert both["rates"] == first["rates"] and both["settings"] == first["settings"]
    for name, seeds in both["runs"]["sizes"].items():
        assert seeds["1"] == first["runs"]["sizes"][name]["1"] and set(seeds) == {"0", "1"}
    with pytest.raises(SystemExit):
        run(script, monkeypatch, "--seeds", "7")
    assert "has [0, 1]" in capsys.readouterr().err


def test_a_rate_goes_with_one_over_the_width(script, tiny, monkeypatch):
    wider = script.Size(32, 1, 2)
    monkeypatch.setitem(script.PRESETS, "cpu", {**tiny, "sizes": [wider], "rates": [4e-3]})
    run(script, monkeypatch, "--groups", "sizes")
    found = results.load("train_lm", "cpu")["results"]["runs"]["sizes"]
    assert [seeds["0"]["lr"] for seeds in found.values()] == [4e-3 * 16 / 32] * 2


def test_retnet_in_the_comparisons_has_horizons_for_characters(script):
    made = {
        r.name: r.make for r in script.runs(80, script.PRESETS["quick"]) if r.group != "relatives"
    }
    horizons = {}
    for name in ("RetNet 16x1", "gate", "Eq. 8 gamma"):
        horizons[name] = -1 / torch.expm1(made[name]().blocks[0].retention.log_gamma)
    assert torch.equal(horizons["gate"], horizons["RetNet 16x1"]), "an ablation changes one thing"
    torch.testing.assert_close(horizons["gate"], torch.tensor([2.0, 256.0]), rtol=1e-4, atol=0)
    torch.testing.assert_close(
        horizons["Eq. 8 gamma"], torch.tensor([32.0, 64.0]), rtol=1e-4, atol=0
    )


def test_merged_keeps_what_both_have(script, folder):
    def found(rates, runs, settings="same"):
        return {"settings": settings, "rates": rates, "runs": runs}

    mine = found({"RetNet": {"0.1": 2.0}}, {"sizes": {"RetNet": {"0": "mine"}}})
    assert script.merged(mine, "cpu") == mine, "no file"
    there = found(
        {"RetNet": {"0.1": 1.0, "0.2": 3.0}, "H3": {"0.1": 4.0}},
        {"sizes": {"RetNet": {"0": "theirs", "1": "theirs"}, "T": {"0": "theirs"}}, "more": {}},
    )
    results.save("train_lm", there, "cpu")
    both = script.merged(mine, "cpu")
    assert both["rates"] == {"RetNet": {"0.1": 2.0, "0.2": 3.0}, "H3": {"0.1": 4.0}}
    assert both["runs"] == {
        "sizes": {"RetNet": {"0": "mine", "1": "theirs"}, "T": {"0": "theirs"}},
        "more": {},
    }
    assert mine["rates"] == {"RetNet": {"0.1": 2.0}}, "an argument was changed"
    other = found({}, {}, settings="other")
    assert script.merged(other, "cpu") == other, "other settings are another experiment"


def test_an_interrupted_benchmark_goes_on_from_its_checkpoint(script, tiny, folder, monkeypatch):
    run(script, monkeypatch, "--groups", "sizes")
    whole = results.load("train_lm", "cpu")["results"]["runs"]
    (folder / "results" / "cpu" / "train_lm.json").unlink()

    def often(*args, **settings):
        return train_lm(*args, **settings, checkpoint_every=2)

    def stops(self, name, steps):
        return interrupt(5) if "seed" in name else None

    with monkeypatch.context() as patch:
        patch.setattr(script, "train_lm", often)
        patch.setattr(script.Trainer, "_progress", stops)
        with pytest.raises(Interrupted):
            run(script, patch, "--groups", "sizes")
    (checkpoint,) = (folder / "checkpoints").iterdir()
    assert torch.load(checkpoint, weights_only=True)["step"] == 4

    run(script, monkeypatch, "--groups", "sizes")
    again = results.load("train_lm", "cpu")["results"]["runs"]
    for name, seeds in whole["sizes"].items():
        assert {**again["sizes"][name]["0"], "seconds": 0} == {**seeds["0"], "seconds": 0}
    assert list((folder / "checkpoints").iterdir()) == []
