"""The built book: pages, internal links, alternative texts, nothing from another host."""

import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tools.claims import claims_of
from tools.paths import HTML, chapters, pages

pytestmark = pytest.mark.book


@pytest.fixture(autouse=True)
def there():
    if not (HTML / "index.html").exists():
        pytest.skip("the book is not built: run `make book`")


class Page(HTMLParser):
    """The ids, links, images and loaded files of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.images, self.loaded = set(), [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given)
        if tag in ("script", "img", "iframe", "source") and given.get("src"):
            self.loaded.append(given["src"])
        if tag == "link" and given.get("rel") in ("stylesheet", "preload", "icon", "shortcut icon"):
            self.loaded.append(given["href"])


@cache
def read(path):
    return Page(path.read_text(encoding="utf-8"))


def html_pages():
    return sorted(p for p in (HTML / "book").rglob("*.html")) if HTML.exists() else []


def test_every_page_of_the_contents_was_built():
    for chapter in chapters():
        for page in pages(chapter):
            assert (HTML / "book" / chapter / f"{page.stem}.html").exists(), page.stem


def test_internal_links_lead_somewhere():
    broken = []
    for path in html_pages():
        for link in read(path).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue  # `make linkcheck` asks those
            target = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
            if target.is_dir():
                target = target / "index.html"
            place = unquote(parts.fragment) if target.suffix == ".html" else ""
            if not target.exists():
                broken.append(f"{path.name}: {link}: no such file")
            elif place and place not in read(target).ids:
                broken.append(f"{path.name}: {link}: no such place on the page")
    assert broken == []


def test_nothing_is_loaded_from_another_host():
    for path in html_pages():
        for link in read(path).loaded:
            parts = urlsplit(link)
            assert parts.scheme in ("", "data") and not parts.netloc, f"{path.name}: {link}"


def test_every_image_has_an_alternative_text():
    for path in html_pages():
        for image in read(path).images:
            alt = image.get("alt")
            assert alt is not None, f"{path.name}: {image['src']}"
            assert not re.match(r"(\.\./)*_images/", alt or ""), f"{path.name}: alt is a file name"


def test_no_page_shows_a_traceback_or_a_path_of_this_machine():
    for path in html_pages():
        text = path.read_text(encoding="utf-8")
        assert "Traceback (most recent call last)" not in text, path.name
        assert str(HTML.parent.parent) not in text, path.name


@pytest.mark.parametrize("chapter", chapters())
def test_the_claims_table_links_each_claim_to_its_place(chapter):
    table = read(HTML / "book" / "claims.html")
    for claim in claims_of(chapter):
        assert claim.anchor in table.ids
        assert any(f"#{claim.anchor}-shown-" in link for link in table.links), claim.id


def test_the_released_notebooks_can_be_downloaded():
    for chapter in chapters():
        for page in pages(chapter):
            links = read(HTML / "book" / chapter / f"{page.stem}.html").links
            assert any("_downloads/" in x and x.endswith(f"/{page.stem}.ipynb") for x in links)
