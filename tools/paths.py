"""Where everything lives, said once."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
SOLUTIONS = ROOT / "solutions"
EXERCISES = ROOT / "exercises"
ANSWERS = ROOT / "tests" / "answers"
CLASSROOM = ROOT / "classroom"
BUILD = ROOT / "_build"
HTML = BUILD / "html"
CLAIMS = BOOK / "claims.csv"


def chapters() -> list[str]:
    """The chapters that the book holds, in the order of ``_toc.yml``."""
    import yaml  # not at the top: the bootstrap imports this module before anything is installed

    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [file.split("/")[1] for file in files if file.endswith("/index")]


def pages(chapter: str) -> list[Path]:
    """A chapter's teaching pages, in the order of ``_toc.yml`` (its index page is not one)."""
    import yaml

    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [
        ROOT / f"{section['file']}.md"
        for part in toc["parts"]
        for entry in part["chapters"]
        if entry["file"] == f"book/{chapter}/index"
        for section in entry.get("sections", [])
    ]
