"""The claims table: what the notes state, and the verdict that running it gave."""

import csv
from dataclasses import dataclass
from functools import cache

from tools.paths import CLAIMS

VERDICTS = ("reproduced", "imprecise", "outdated", "wrong", "needs GPU/large scale")
TO_CORRECT = ("imprecise", "outdated", "wrong")


@dataclass(frozen=True)
class Claim:
    """One row of ``book/claims.csv``.

    ``shown`` says how the verdict is shown: ``code`` (a cell runs it, and a test of the same name
    checks it) or ``prose`` (there is nothing to run).
    """

    id: str
    chapter: str
    section: str
    kind: str
    claim: str
    verdict: str
    correct_fact: str
    shown: str

    @property
    def anchor(self) -> str:
        return f"claim-{self.id.lower()}"


@cache
def load_claims() -> dict[str, Claim]:
    """Every claim by id, in the order of the file."""
    with CLAIMS.open(encoding="utf-8", newline="") as file:
        rows = [Claim(**row) for row in csv.DictReader(file)]
    claims = {row.id: row for row in rows}
    if len(claims) != len(rows):
        raise ValueError(f"{CLAIMS.name}: an id stands twice")
    for row in rows:
        if row.verdict not in VERDICTS:
            raise ValueError(f"{CLAIMS.name}: {row.id} has the unknown verdict {row.verdict!r}")
    return claims


def claims_of(chapter: str) -> list[Claim]:
    return [claim for claim in load_claims().values() if claim.chapter == chapter]
