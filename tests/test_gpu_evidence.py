"""`make gpu-evidence`: parts end in a filed state, and the next call goes on with the rest."""

import itertools
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tools import gpu_evidence
from tools.gpu_evidence import Part, main
from torchnotes import results


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine that has a GPU, says so, and files into a folder of the test."""
    monkeypatch.setattr(gpu_evidence, "has_gpu", lambda: True)
    monkeypatch.setattr(gpu_evidence, "BUILD", tmp_path)
    monkeypatch.setattr(gpu_evidence, "ROOT", tmp_path.parent)
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(results, "REPOSITORY", tmp_path.parent)
    monkeypatch.setenv("TORCHNOTES_COMMIT", "abc")
    monkeypatch.delenv("ONLY", raising=False)
    return tmp_path


def given(monkeypatch, **code):
    monkeypatch.setattr(
        gpu_evidence,
        "parts",
        lambda: [Part(name, "a part", ["-c", c], ["-c", "print(1)"]) for name, c in code.items()],
    )


def filed():
    return results.load("evidence", "cpu")["results"]["parts"]


def test_states_are_filed_and_only_what_passed_is_left_alone(machine, monkeypatch, capsys):
    monkeypatch.setenv("TORCHNOTES_DEVICE", "cpu")
    good = f"open({str(machine / 'count')!r}, 'a').write('x'); print('a figure')"
    given(monkeypatch, good=good, bad="raise SystemExit('no such kernel')")
    assert main([]) == 1
    assert filed()["good"]["state"] == "passed" and filed()["good"]["last"] == "a figure"
    assert filed()["bad"]["state"] == "failed" and filed()["bad"]["last"] == "no such kernel"
    assert filed()["bad"]["commit"] == "abc" and filed()["bad"]["versions"]["torch"]
    given(monkeypatch, good=good, bad="print('mended')")
    assert main([]) == 0
    assert filed()["bad"]["state"] == "passed"
    assert (machine / "count").read_text() == "x", "what has passed is not run again"
    assert main(["--fresh", "--only", "good"]) == 0
    assert (machine / "count").read_text() == "xx"
    assert filed()["bad"]["state"] == "passed", "other parts keep their state"
    assert "done before" in capsys.readouterr().out


def test_a_part_that_takes_too_long_is_unfinished(machine, monkeypatch, capsys):
    monkeypatch.setenv("TORCHNOTES_DEVICE", "cpu")
    given(monkeypatch, slow="import time; time.sleep(60)")
    start = time.perf_counter()
    assert main(["--minutes", "0.02"]) == 1
    assert time.perf_counter() - start < 40
    assert filed()["slow"]["state"] == "unfinished"
    assert "goes on with what is missing" in capsys.readouterr().out


def started(code, sign):
    """A process as a part is, once it has written the file."""
    process = gpu_evidence.begin(["-c", code])
    for _ in range(600):
        if sign.exists() and sign.read_text():
            return process
        time.sleep(0.1)
    pytest.fail("it did not start within a minute")


def test_its_children_end_with_it(tmp_path):
    pid, child = tmp_path / "pid", "import time; time.sleep(60)"
    code = (
        "import subprocess, sys, time\n"
        f"p = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        f"open({str(pid)!r}, 'w').write(str(p.pid))\n"
        "time.sleep(60)"
    )
    gpu_evidence._end(started(code, pid))
    for _ in range(300):
        try:
            os.kill(int(pid.read_text()), 0)
        except ProcessLookupError:
            return
        stat = Path(f"/proc/{pid.read_text()}/stat")
        if stat.exists() and "Z" in stat.read_text().split(")")[1][:3]:
            return  # it has ended; nobody has asked how
        time.sleep(0.1)
    pytest.fail("a child of the part still runs")


@pytest.mark.parametrize("behind", [signal.SIG_DFL, signal.SIG_IGN], ids=["shell", "nohup"])
def test_it_may_use_the_interrupt_to_save(tmp_path, behind):
    before = signal.signal(signal.SIGINT, behind)
    ready, saved = tmp_path / "ready", tmp_path / "saved"
    code = (
        "import time\n"
        f"try:\n    open({str(ready)!r}, 'w').write('x')\n    time.sleep(60)\n"
        f"except KeyboardInterrupt:\n    open({str(saved)!r}, 'w').write('')"
    )
    try:
        gpu_evidence._end(started(code, ready))
    finally:
        signal.signal(signal.SIGINT, before)
    assert saved.exists()


def test_the_time_for_all_is_kept(machine, monkeypatch):
    monkeypatch.setenv("TORCHNOTES_DEVICE", "cpu")
    given(monkeypatch, one="print(1)", two="print(2)")
    assert main(["--total", "0.1"]) == 1
    assert not (machine / "results").exists(), "less than half a minute was left: nothing began"


def test_quick_files_nothing_and_runs_equal_parts_once(machine, monkeypatch, capsys):
    given(monkeypatch, one="raise SystemExit(1)", two="raise SystemExit(1)")
    assert main(["--quick"]) == 0
    assert "passed      1: one" in capsys.readouterr().out
    assert not (machine / "results").exists()


def test_without_a_gpu_nothing_is_run_or_filed(machine, monkeypatch, capsys):
    monkeypatch.setattr(gpu_evidence, "has_gpu", lambda: False)
    given(monkeypatch, one="raise SystemExit(1)")
    assert main([]) == 2
    assert "Nothing was run or filed" in capsys.readouterr().out
    assert main(["--list"]) == 0
    assert not (machine / "results").exists()


@pytest.mark.parametrize(
    "words, wanted",
    [
        ([], ["decode-1", "decode-16", "tests", "claims"]),
        (["decode-1"], ["decode-1"]),  # a whole name, though another begins so
        (["decode"], ["decode-1", "decode-16"]),
        (["decode-?6", "tests"], ["decode-16", "tests"]),
        (["none"], []),
    ],
)
def test_parts_are_chosen_by_names_pieces_and_patterns(monkeypatch, words, wanted):
    given(monkeypatch, **{name: "" for name in ("decode-1", "decode-16", "tests", "claims")})
    assert [part.name for part in gpu_evidence.choose(words)] == wanted


def test_who_repeats_does_not_resume(machine, monkeypatch):
    monkeypatch.setenv("TORCHNOTES_DEVICE", "cpu")
    code = f"import sys; open({str(machine / 'said')!r}, 'a').write(str(sys.argv[1:]))"
    command = ["-c", code, "--preset", "gpu", gpu_evidence.RESUME]
    monkeypatch.setattr(gpu_evidence, "parts", lambda: [Part("one", "a part", command, [])])
    main([])
    main(["--fresh"])
    said = (machine / "said").read_text()
    assert said == "['--preset', 'gpu', '--resume']['--preset', 'gpu']"


def test_every_benchmark_is_told_to_use_the_gpu():
    """Its own default may be a CPU, and overwrite the CPU's figures."""
    for part in gpu_evidence.parts():
        if part.command[1].startswith("benchmarks."):
            assert {("--preset", "gpu"), ("--device", "cuda")} & {*itertools.pairwise(part.command)}


def test_a_name_that_no_part_has_is_answered_with_the_names(machine, monkeypatch, capsys):
    given(monkeypatch, decode="print(1)")
    assert main(["--only", "decoed"]) == 2
    assert "decode" in capsys.readouterr().out.split("There are:")[1]


def test_every_part_names_a_script_and_options_that_it_has(monkeypatch):
    """A part that argparse refuses would be found on the GPU only."""
    import importlib

    for part in gpu_evidence.parts():
        module = part.command[1]
        if not module.startswith("benchmarks."):
            continue
        for command in (part.command, part.quick):
            script = importlib.import_module(module)
            monkeypatch.setattr(sys, "argv", [module, *command[2:], "--help"])
            with pytest.raises(SystemExit) as left:
                script.main()
            assert left.value.code == 0, command


def test_tests_that_cannot_be_imported_are_named(monkeypatch, capfd, tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a_needs.py").write_text("import a_package_that_is_not_here")
    (tmp_path / "tests" / "test_b_runs.py").write_text("def test_b():\n    assert 1 + 1 == 2\n")
    monkeypatch.setattr(gpu_evidence, "ROOT", tmp_path)
    monkeypatch.setattr(gpu_evidence.importlib, "import_module", fake_import(tmp_path))
    monkeypatch.setattr(gpu_evidence.importlib.util, "find_spec", lambda name: None)  # no xdist
    assert gpu_evidence.tests("unit") == 0
    said = capfd.readouterr().out
    assert "test_a_needs.py: No module named 'a_package_that_is_not_here'" in said
    assert "1 passed" in said


def fake_import(folder):
    def load(name):
        exec((folder / (name.replace(".", "/") + ".py")).read_text(), {})

    return load
