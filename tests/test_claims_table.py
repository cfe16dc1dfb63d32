"""book/claims.csv: complete, well formed, and every claim of a written chapter shown and tested."""

import csv
import re

import pytest

from tools import checks
from tools.claims import VERDICTS, claims_of, load_claims
from tools.paths import CLAIMS, ROOT, chapters

# how many statements each note makes, counted when the notes were read
COUNTS = {"adam": 42, "autograd": 51, "dvae": 64, "parameters": 31, "retnet": 69}


def test_no_claim_is_missing():
    counted = {chapter: len(claims_of(chapter)) for chapter in COUNTS}
    assert counted == COUNTS
    assert len(load_claims()) == sum(COUNTS.values()) == 257


@pytest.mark.parametrize("name", ["README.md", "book/index.md"])
def test_the_number_of_claims_that_we_print_is_theirs(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.search(rf"\b{len(load_claims())}\s+(claims|statements)", text)


@pytest.mark.parametrize("chapter", COUNTS)
def test_ids_count_up_without_gaps(chapter):
    ids = [claim.id for claim in claims_of(chapter)]
    prefix = ids[0].split("-")[0]
    assert ids == [f"{prefix}-{number:02}" for number in range(1, len(ids) + 1)]


def test_every_row_is_complete():
    with CLAIMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["verdict"] in VERDICTS, row["id"]
            assert row["claim"] and row["section"], row["id"]
            if row["verdict"] != "reproduced":
                assert row["correct_fact"], f"{row['id']} is {row['verdict']}: what is right?"


@pytest.mark.parametrize("chapter", chapters())
def test_every_claim_is_shown_and_tested(chapter):
    assert checks.claim_problems(chapter) == []


def test_a_claim_that_no_page_shows_is_found(monkeypatch):
    monkeypatch.setattr(checks, "shown_claims", lambda chapter: ({}, {"GRAD-03": ["graph"]}))
    monkeypatch.setattr(checks, "claim_tests", lambda: {"test_grad_01_backward"})
    found = checks.claim_problems("autograd")
    assert "GRAD-01: no page shows it" in found
    assert "GRAD-03 is wrong and no page corrects it in a box" in found
    assert "GRAD-02 is shown by code, but there is no test_grad_02 in tests/claims" in found
    assert not any("no test_grad_01 " in line for line in found)
